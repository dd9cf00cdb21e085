"""http.client's own errors: its code runs over a socket that fails, so that the connection is left as in real life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ...seams import http_client as seam
from ...seams.http_client import Exchange, seconds
from ...trace import Call, reply_text
from .. import Clock, Fault, Strike
from . import _replies as replies
from . import _wire as wire


def is_real(connection: Any) -> bool:
    """Whether it is the library's own, and no double that replays."""
    return isinstance(connection, seam.originals.HTTPConnection)


def real_connection(exchange: Exchange) -> Any:
    """The connection, or one like it in place of a double's."""
    double = exchange.connection
    if is_real(double):
        return double
    if double is None:  # a stand-in has none
        url = urlsplit(exchange.url)
        secure, host, port = url.scheme == "https", url.hostname or "stand-in.invalid", url.port
        timeout = exchange.call.timeout if exchange.call is not None else None
    else:
        secure, host, port, timeout = double.default_port == 443, double.host, double.port, double.timeout
    return plain(secure)(host, port, timeout=timeout)


def plain(secure: bool) -> Any:
    """A connection without TLS of its own: `HTTPSConnection` is made by a name that a double may have taken."""

    class Connection(seam.originals.HTTPConnection):  # type: ignore[misc, name-defined]
        default_port = 443 if secure else 80

        def __init__(self, host: str, port: int | None = None, timeout: Any = None, **options: Any) -> None:
            super().__init__(host, port, timeout)

    return Connection


def over(connection: Any, exchange: Exchange, connect: Callable[[], None]) -> None:
    """Send the request over a new connection that `connect` makes or not."""
    if connection._HTTPConnection__state == "Idle":
        connection.close()  # one that was kept alive is gone as well; one in the midst of a request is not asked
    connection.__dict__["connect"] = connect
    try:
        if exchange.connection is None:
            seam.originals.request(connection, exchange.method, exchange.url)
        else:
            exchange.send(connection)
    finally:
        del connection.__dict__["connect"]


def answering(connection: Any, socket: wire.Socket) -> Any:
    """What `getresponse` makes of this socket, the request being sent."""
    connection.close()
    connection.sock = socket
    connection._HTTPConnection__state = "Request-sent"
    connection._HTTPConnection__response = None
    return seam.originals.getresponse(connection)


class HttpClientDriver:
    """Failures of http.client: see `docs/explanation`."""

    seams = frozenset({"http.client"})

    def form(self, fault: Fault, kind: str) -> str | None:
        if fault.name == "http.redirect-loop":
            return None  # it follows no redirect
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)
        if fault.name in replies.CONNECTING:
            return Strike(lambda _: self._unconnected(fault, exchange, clock))
        if not fault.after:
            return Strike(lambda _: self._answered(fault, exchange))
        return Strike(lambda sent: self._later(fault, variant, call, exchange, clock, sent), instead=False)

    def _unconnected(self, fault: Fault, exchange: Exchange, clock: Clock) -> None:
        connection = real_connection(exchange)

        def connect() -> None:
            exc = wire.connecting(fault, clock, seconds(connection.timeout))
            if fault.name == "http.tls-failure":
                connection.sock = wire.Socket()
            raise exc

        over(connection, exchange, connect)

    def _answered(self, fault: Fault, exchange: Exchange) -> None:
        connection = real_connection(exchange)
        reset = fault.name == "http.connection-reset"
        socket = wire.Socket(end=wire.aborted) if reset else wire.Socket(wire.answer(fault, exchange.url))
        over(connection, exchange, lambda: setattr(connection, "sock", socket))
        exchange.pending = lambda ask: seam.originals.getresponse(connection)

    def _later(self, fault: Fault, variant: str, call: Call, exchange: Exchange, clock: Clock, sent: Any) -> Any:
        def pending(ask: Callable[[], Any]) -> Any:
            response = ask()
            body = response.read()
            connection = real_connection(exchange)
            connection._method = exchange.method
            if fault.name == "http.read-timeout":
                return answering(connection, wire.Socket(end=wire.silence(clock, seconds(connection.timeout))))
            if fault.name == "http.truncated-body":
                return answering(connection, wire.Socket(wire.cut(response, body)))
            text = reply_text(body, getattr(response, "headers", None)) if isinstance(body, bytes) else None
            odd = replies.odd(fault, variant, call, text)
            if odd is None:
                replies.give_back(call)
                if not isinstance(body, bytes):
                    return response
                return answering(connection, wire.Socket(wire.other(response, body)))
            return answering(connection, wire.Socket(wire.other(response, odd.body, odd.content_type)))

        exchange.pending = pending
        return sent


DRIVER = HttpClientDriver()
