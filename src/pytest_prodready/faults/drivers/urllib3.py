"""urllib3's own errors, made by urllib3: manager, pool and retry policy are the application's, the wire fails."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ...seams import hub
from ...seams import urllib3 as seam
from ...seams.urllib3 import Exchange
from ...trace import Call, reply_text
from .. import Clock, Fault, Strike
from . import _replies as replies
from . import _wire as wire
from .requests import Again, wait_in_place, waiting
from .requests import Wire as Bottom


class Wire(Bottom):
    """The pools of a manager, or a single one, over a wire that fails."""

    def __init__(self, fault: Fault, exchange: Exchange, call: Call, clock: Clock, real: Any = None) -> None:
        super().__init__(fault, SimpleNamespace(request=SimpleNamespace(url=exchange.full)), call, clock, real)  # type: ignore[arg-type]
        self.sending = exchange

    def twin(self, pool: Any) -> Any:
        """A copy of the pool whose connections reach nobody; the pool itself is shared with other threads."""
        from urllib3 import Retry

        twin: Any = object.__new__(type(pool))
        twin.__dict__.update(pool.__dict__)
        real = seam.originals
        kind = pool.ConnectionCls
        if not issubclass(kind, real.HTTPConnection) or kind.__module__.partition(".")[0] == "vcr":
            kind = real.HTTPSConnection if pool.scheme == "https" else real.HTTPConnection
        twin.__dict__.update(
            _get_conn=lambda timeout=None: kind(host=pool.host, port=pool.port),
            _put_conn=lambda conn: None,
            _make_request=functools.partial(self.make_request, twin),
            urlopen=functools.partial(real.pool_urlopen, twin),
            retries=waiting(pool.retries or Retry.DEFAULT, self.clock),
            proxy=None,  # it would be connected to first
        )
        return twin

    def make_request(self, pool: Any, conn: Any, method: str, url: str, timeout: Any = None, **options: Any) -> Any:
        wait_in_place(options.get("retries"), self.clock)
        return super().make_request(pool, conn, method, url, timeout, **options)

    def manager(self, manager: Any) -> Any:
        twin: Any = object.__new__(type(manager))
        twin.__dict__.update(manager.__dict__)
        connection_from_host = manager.connection_from_host

        def twinned(*args: Any, **kwargs: Any) -> Any:
            return self.twin(connection_from_host(*args, **kwargs))

        twin.__dict__.update(
            connection_from_host=twinned, urlopen=functools.partial(seam.originals.manager_urlopen, twin)
        )
        return twin

    def response(self, data: bytes, method: str, url: str, options: dict[str, Any]) -> Any:
        """The answer as urllib3 has it, read as the application wants it."""
        from urllib3 import HTTPHeaderDict, HTTPResponse

        found = wire.parsed(data, method)
        return HTTPResponse(
            body=found, headers=HTTPHeaderDict(found.getheaders()), status=found.status, reason=found.reason, version=11,
            preload_content=options.get("preload_content", True), decode_content=options.get("decode_content", True),
            enforce_content_length=options.get("enforce_content_length", True), original_response=found,
            request_method=method, request_url=url,
        )  # fmt: skip

    def answered(self, method: str, url: str, options: dict[str, Any]) -> Any:
        if self.fault.name == "http.truncated-body":
            data = wire.cut(self.real, getattr(self.real, "_body", None))
        else:
            data = wire.answer(self.fault, self.exchange.request.url)
        return self.response(data, method, url, options)


def through(found: Wire) -> Any:
    """Send the request with the library's own code over this wire. Raises Again where a retry gets through."""
    exchange = found.sending
    owner = exchange.owner
    if owner is None:
        with hub.quiet():
            owner = seam.originals.PoolManager()
    options = {**exchange.options, "retries": waiting(exchange.options.get("retries"), found.clock)}
    if options["retries"] is None:
        del options["retries"]
    if isinstance(owner, seam.originals.PoolManager):
        return found.manager(owner).urlopen(exchange.method, exchange.url, *exchange.args, **options)
    return found.twin(owner).urlopen(exchange.method, exchange.url, *exchange.args, **options)


class Urllib3Driver:
    """Failures of urllib3: see `docs/explanation`."""

    seams = frozenset({"urllib3"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)
        if fault.name in replies.REPLIES:
            return Strike(self._odd_reply(fault, variant, call, exchange), instead=False)
        return Strike(self._failure(fault, call, exchange, clock), instead=not fault.after)

    def _failure(self, fault: Fault, call: Call, exchange: Exchange, clock: Clock) -> Callable[[Any], Any]:
        def perform(reply: Any) -> Any:
            found = Wire(fault, exchange, call, clock, reply)
            try:
                return through(found)
            except Again:
                pass
            replies.tried_again(call, found.last)
            return exchange.again()

        return perform

    def _odd_reply(self, fault: Fault, variant: str, call: Call, exchange: Exchange) -> Callable[[Any], Any]:
        from urllib3 import Retry

        def perform(reply: Any) -> Any:
            preload = exchange.options.get("preload_content", True)
            body = None
            if not preload and call.reply is None:
                body = reply.data  # all of it: the application gets another answer
                call.reply = reply_text(body, reply.headers) if isinstance(body, bytes) else None
            odd = replies.odd(fault, variant, call, call.reply)
            if odd is None:
                replies.give_back(call)
                if body is None:
                    return reply
                data = wire.other(reply, body)
            else:
                data = wire.other(reply, odd.body, odd.content_type)
            found = Wire(fault, exchange, call, clock=None)  # type: ignore[arg-type]
            response = found.response(data, exchange.method, exchange.url, exchange.options)
            retries = getattr(reply, "retries", None)
            response.retries = retries if isinstance(retries, Retry) else None
            return response

        return perform


DRIVER = Urllib3Driver()
