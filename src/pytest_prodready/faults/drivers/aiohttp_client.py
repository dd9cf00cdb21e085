"""aiohttp's own errors, made by the library itself: its real code goes down to a connector that fails, or to a protocol
that is fed what a server sends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ...seams import aiohttp_client as seam
from ...seams import hub
from ...seams.aiohttp_client import Exchange
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _replies as replies
from . import _wire as wire


class _Again(BaseException):
    """The library tries again, and this time it gets through."""


class Transport(asyncio.Transport):
    """Takes whatever is sent; once something was, `act` happens to the connection."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = act
        self._closing = False

    def write(self, data: Any) -> None:
        act, self._act = self._act, None
        if act is not None:
            asyncio.get_running_loop().call_soon(act)

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"")

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        self._closing = True

    abort = close

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def _connector(exchange: Exchange, fault: Fault, call: Call, clock: Clock, body: bytes | None) -> Any:
    import aiohttp
    from aiohttp.client_proto import ResponseHandler

    class Connector(aiohttp.BaseConnector):
        attempts = 0
        last: BaseException | None = None

        async def _create_connection(self, req: Any, traces: Any, timeout: Any) -> Any:
            self.attempts += 1
            if self.attempts > 1 and body is None and fault.name not in replies.ANSWERS:
                raise _Again
            if fault.name in replies.CONNECTING:
                self.refuse(req)
            protocol = ResponseHandler(asyncio.get_running_loop())
            protocol.connection_made(Transport(lambda: self.act(protocol, str(req.url))))
            return protocol

        def refuse(self, req: Any) -> None:
            key = req.connection_key
            try:
                cause = wire.connecting(fault, clock, exchange.connecting)
                if fault.name == "http.connect-timeout":
                    raise TimeoutError from asyncio.CancelledError()
                if fault.name == "http.connection-refused":
                    known = replies.PLANTED if not _is_address(key.host) else key.host
                    text = f"Connect call failed ({'127.0.0.1' if key.host == 'localhost' else known!r}, {key.port})"
                    cause = ConnectionRefusedError(cause.errno, text)
                raise cause
            except TimeoutError:
                raise
            except OSError as exc:
                kind: Any = {
                    "http.dns-failure": aiohttp.ClientConnectorDNSError,
                    "http.tls-failure": aiohttp.ClientConnectorCertificateError,
                }.get(fault.name, aiohttp.ClientConnectorError)
                raise kind(key, exc) from exc

        def act(self, protocol: Any, url: str) -> None:
            """What comes from the other end once the request is there."""
            if body is not None:
                protocol.data_received(body)
                protocol.connection_lost(None)
            elif fault.name in replies.ANSWERS:
                protocol.data_received(wire.answer(fault, url))
            elif fault.name == "http.read-timeout":
                clock.advance(replies.FOR_EVER if exchange.read is None else exchange.read)
                if exchange.read is not None and exchange.read == exchange.sock_read:
                    protocol.set_exception(aiohttp.SocketTimeoutError("Timeout on reading data from socket"))
                else:
                    late = TimeoutError()
                    late.__cause__ = asyncio.CancelledError()
                    protocol.set_exception(late)
            else:
                protocol.connection_lost(replies.reset())

    return Connector()


def _is_address(host: str) -> bool:
    return host == "localhost" or host.replace(".", "").isdigit() or ":" in host


async def through(exchange: Exchange, fault: Fault, call: Call, clock: Clock, body: bytes | None = None) -> Any:
    """Send the request with the library's own code over a connection that fails.

    Args:
        body: the whole answer as it is on the wire, where there is one.
    """
    import aiohttp

    session = exchange.session
    twin: Any = object.__new__(type(session))
    twin.__dict__.update(session.__dict__)
    connector = _connector(exchange, fault, call, clock, body)
    twin.__dict__["_connector"] = connector
    try:
        return await seam.originals.request(twin, exchange.method, exchange.url, **exchange.options)
    except _Again:
        last = aiohttp.ClientOSError(*replies.reset().args)
        replies.tried_again(call, last if fault.name == "http.connection-reset" else None)
        return await exchange.again()
    finally:
        twin.__dict__["_connector"] = None  # it counts as closed
        connector._close()


async def _body_of(reply: Any) -> bytes:
    try:
        body = await reply.read()
    except Exception:  # a double, or one that is of no use any more
        body = b""
    return body if isinstance(body, bytes) else b""


class AiohttpDriver:
    """Failures of aiohttp's client."""

    seams = frozenset({"aiohttp"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)

        async def perform(reply: Any) -> Any:
            if fault.name == "http.truncated-body":
                return await through(exchange, fault, call, clock, wire.cut(reply, await _body_of(reply)))
            return await through(exchange, fault, call, clock)

        async def malformed(reply: Any) -> Any:
            with hub.quiet():
                body = await _body_of(reply)
            odd = replies.odd(fault, variant, call, call.reply or (body.decode("utf-8", "replace") if body else None))
            if odd is None:
                replies.give_back(call)
                return reply
            return await through(exchange, fault, call, clock, wire.other(reply, odd.body, odd.content_type))

        if fault.name in replies.REPLIES:
            return Strike(malformed, instead=False)
        return Strike(perform, instead=not fault.after)


DRIVER = AiohttpDriver()
