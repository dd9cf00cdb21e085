"""botocore's own errors and retries: its HTTP session sends over pools of urllib3 that fail, below its retry layer.

moto answers where a request would be sent, `Stubber` before it is made: neither is asked for as long as the call lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from ...seams.botocore import Exchange
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _replies as replies
from .requests import Again
from .urllib3 import Wire

NAMES = (replies.CONNECTING | replies.ANSWERS | {"http.connection-reset", "http.read-timeout"}) - {
    "http.redirect-loop",
    "payment.declined",
    "payment.idempotency-conflict",
}


@contextmanager
def _first(client: Any, **handlers: Any) -> Iterator[None]:
    """Handlers of events that are asked before all others."""
    events = client.meta.events
    names = {f"{name.replace('_', '-')}.*.*": handler for name, handler in handlers.items()}
    for name, handler in names.items():
        events.register_first(name, handler)
    try:
        yield
    finally:
        for name, handler in names.items():
            events.unregister(name, handler)


class Emitter:
    """Events as before; but where a request would be sent, nobody but us answers: doubles would act on it."""

    def __init__(self, events: Any, send: Callable[[Any], Any]) -> None:
        self._events, self._send = events, send

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)

    def emit(self, name: str, **given: Any) -> Any:
        if name.startswith("before-send."):
            return [(self._send, self._send(given["request"]))]
        return self._events.emit(name, **given)


def _twin(thing: Any) -> Any:
    """A copy; the thing itself is shared with other threads."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


def through(exchange: Exchange, fault: Fault, call: Call, clock: Clock) -> Any:
    """Make the call with the library's own code over a wire that fails."""
    from botocore import UNSIGNED

    client = exchange.client
    sending = SimpleNamespace(full=client.meta.endpoint_url)
    wire = Wire(fault, sending, call, clock)  # type: ignore[arg-type]
    session = _twin(client._endpoint.http_session)
    manager_of = session._get_connection_manager

    def pool_of(url: str) -> Any:
        return wire.twin(manager_of(url).connection_from_url(url))

    session.__dict__["_get_connection_manager"] = lambda url, proxy=None: SimpleNamespace(connection_from_url=pool_of)

    endpoint = _twin(client._endpoint)
    endpoint.__dict__["_event_emitter"] = Emitter(client._endpoint._event_emitter, session.send)
    sender = _twin(client)
    sender.__dict__["_endpoint"] = endpoint

    def make(model: Any, params: Any, context: Any, **_: Any) -> Any:
        return sender._make_request(model, params, context)

    try:
        with _first(client, before_call=make, choose_signer=lambda **_: UNSIGNED):
            return exchange.again()
    except Again:
        replies.tried_again(call, wire.last)
    return exchange.again()


class BotocoreDriver:
    """Failures of AWS' clients."""

    seams = frozenset({"botocore"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in NAMES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        return Strike(lambda _: through(exchange, fault, call, clock))  # before the effect: a double answers only once


DRIVER = BotocoreDriver()
