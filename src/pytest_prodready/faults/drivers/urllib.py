"""urllib's own errors: the request goes through the opener's real handlers, down to a connection that fails."""

from __future__ import annotations

import copy
import functools
from typing import Any

from ...seams import http_client
from ...seams import urllib as seam
from ...seams.http_client import seconds
from ...seams.urllib import Exchange
from ...trace import Call, reply_text
from .. import Clock, Fault, Strike
from . import _replies as replies
from . import _wire as wire
from .http_client import plain


class Wire:
    """What an opener connects to, in place of a server."""

    def __init__(self, fault: Fault, exchange: Exchange, clock: Clock) -> None:
        self.fault, self.exchange, self.clock = fault, exchange, clock
        self.attempts = 0

    def connection(self, kind: Any) -> Any:
        """`http.client`'s class, or one of the application's own over it, whose `connect` reaches nobody."""
        wired = self
        if not (isinstance(kind, type) and issubclass(kind, http_client.originals.HTTPConnection)):
            kind = plain("HTTPS" in getattr(kind, "__name__", ""))

        def connect(connection: Any) -> None:
            wired.attempts += 1
            connection.sock = wired.socket(connection)

        return type(kind.__name__, (kind,), {"connect": connect})

    def socket(self, connection: Any) -> wire.Socket:
        name, limit = self.fault.name, seconds(connection.timeout)
        if name in replies.CONNECTING:
            raise wire.connecting(self.fault, self.clock, limit)
        if name == "http.connection-reset":
            return wire.Socket(end=wire.aborted)
        if name == "http.read-timeout":
            return wire.Socket(end=wire.silence(self.clock, limit))
        url = self.exchange.given
        return wire.Socket(wire.answer(self.fault, url if isinstance(url, str) else url.full_url))

    def opener(self, real: Any) -> Any:
        """A copy of the opener and its handlers, which connects to this wire."""
        twin = object.__new__(type(real))
        twin.__dict__.update(real.__dict__)
        copies: dict[int, Any] = {}

        def twinned(handler: Any) -> Any:
            if id(handler) not in copies:
                one = copies[id(handler)] = copy.copy(handler)
                one.parent = twin
                if hasattr(one, "do_open"):
                    one.__dict__["do_open"] = lambda kind, request, **options: type(one).do_open(
                        one, self.connection(kind), request, **options
                    )
            return copies[id(handler)]

        twin.handlers = [twinned(one) for one in real.handlers]
        for table in ("handle_open", "process_request", "process_response"):
            setattr(twin, table, {k: [twinned(one) for one in v] for k, v in getattr(real, table).items()})
        twin.handle_error = {
            protocol: {k: [twinned(one) for one in v] for k, v in kinds.items()}
            for protocol, kinds in real.handle_error.items()
        }
        twin.__dict__["open"] = functools.partial(seam.originals.open, twin)
        return twin


def plain_opener() -> Any:
    """An opener as `urlopen` makes it, without the environment's proxies."""
    module = seam.originals.module
    opener = module.OpenerDirector()
    for kind in ("HTTPDefaultErrorHandler", "HTTPRedirectHandler", "HTTPErrorProcessor", "HTTPHandler", "HTTPSHandler"):
        opener.add_handler(getattr(module, kind)())
    return opener


def through(found: Wire) -> Any:
    """Open the URL with the library's own code over this wire."""
    exchange = found.exchange
    arguments = (exchange.given, exchange.data, exchange.timeout)
    if exchange.opener is not None:
        response = seam.originals.open(found.opener(exchange.opener), *arguments)
        if found.attempts:
            return response
    # a handler that goes its own way (a test's double), or a stand-in
    return seam.originals.open(found.opener(plain_opener()), *arguments)


def rebuilt(reply: Any, exchange: Exchange, data: bytes) -> Any:
    """The answer as `urlopen` gives it, parsed from `data`."""
    url = exchange.given if isinstance(exchange.given, str) else exchange.given.full_url
    response = wire.parsed(data, "GET")
    response.url = reply.url if isinstance(getattr(reply, "url", None), str) else url
    response.msg = response.reason
    return response


class UrllibDriver:
    """Failures of urllib: see `docs/explanation`."""

    seams = frozenset({"urllib"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)

        def perform(reply: Any) -> Any:
            if fault.name not in replies.REPLIES and fault.name != "http.truncated-body":
                return through(Wire(fault, exchange, clock))
            body = body_of(reply)
            if fault.name == "http.truncated-body":
                return rebuilt(reply, exchange, wire.cut(reply, body))
            if isinstance(body, bytes) and call.reply is None:
                call.reply = reply_text(body, getattr(reply, "headers", None))
            odd = replies.odd(fault, variant, call, call.reply)
            if odd is not None:
                return rebuilt(reply, exchange, wire.other(reply, odd.body, odd.content_type))
            replies.give_back(call)
            return rebuilt(reply, exchange, wire.other(reply, body)) if isinstance(body, bytes) else reply

        return Strike(perform, instead=not fault.after)


def body_of(reply: Any) -> Any:
    """All of the answer's body; a mock is not asked, since it keeps records."""
    read = getattr(reply, "read", None)
    if not callable(read) or "_mock_children" in getattr(reply, "__dict__", {}):
        return None
    return read()


DRIVER = UrllibDriver()
