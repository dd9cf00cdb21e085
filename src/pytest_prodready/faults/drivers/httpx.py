"""httpx' own errors (and httpx2's), made by the library itself.

The request goes through the client's real code (event hooks, authentication, redirects, wrapping transports)
down to the transport that would use the wire, and that one fails as httpcore does.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Callable, Iterator
from importlib import import_module
from typing import Any

from ...seams import httpx as seam
from ...seams import hub
from ...seams.httpx import Exchange
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _replies as replies
from .requests import head_of


class Wire:
    """A transport that fails, in place of the one that `inner` is.

    Args:
        fault: what happens.
        exchange: the request.
        call: the observed call.
        clock: virtual time; the back-off of retries passes in it.
        real: the real answer, for a fault that cuts it.
    """

    def __init__(self, fault: Fault, exchange: Exchange, call: Call, clock: Clock, real: Any = None) -> None:
        self.fault, self.exchange, self.call, self.clock, self.real = fault, exchange, call, clock, real
        self.library = import_module(exchange.library)
        self.core = import_module(exchange.library.replace("httpx", "httpcore"))
        self.transports = import_module(f"{exchange.library}._transports.default")
        self.attempts = 0
        self.last: BaseException | None = None

    # ---------------------------------------------------------------------- transports
    def transport(self, inner: Any) -> Any:
        """`inner` over this wire: wrappers around a transport, and overridden methods, stay."""
        library = self.library
        real = (library.HTTPTransport, library.AsyncHTTPTransport)
        bases = (library.BaseTransport, library.AsyncBaseTransport)
        if not isinstance(inner, bases) or type(inner) in (*real, library.MockTransport):
            return self._bottom(inner)
        if isinstance(inner, real):
            return self._overridden(inner)
        nested = {name: value for name, value in vars(inner).items() if isinstance(value, bases)}
        if not nested:
            return self._bottom(inner)
        twin: Any = object.__new__(type(inner))
        twin.__dict__.update(inner.__dict__)
        twin.__dict__.update({name: self.transport(value) for name, value in nested.items()})
        return twin

    def _overridden(self, inner: Any) -> Any:
        """A subclass of the library's transport: its own method stays, what it calls above itself fails."""
        wire = self
        kind = type(inner)
        is_async = isinstance(inner, self.library.AsyncHTTPTransport)
        name = "handle_async_request" if isinstance(inner, self.library.AsyncHTTPTransport) else "handle_request"
        base = self.library.AsyncHTTPTransport if name == "handle_async_request" else self.library.HTTPTransport
        if getattr(kind, name) is getattr(base, name):
            return self._bottom(inner)
        if not is_async:

            class Bottom(base):  # type: ignore[misc, valid-type]
                def handle_request(self, request: Any) -> Any:
                    return wire.handle(inner, request)
        else:

            class Bottom(base):  # type: ignore[misc, valid-type, no-redef]
                async def handle_async_request(self, request: Any) -> Any:
                    return await wire.handle_async(inner, request)

        twin: Any
        try:
            twin = object.__new__(type(kind.__name__, (kind, Bottom), {}))
        except TypeError:
            return self._bottom(inner)
        twin.__dict__.update(inner.__dict__)
        return twin

    def _bottom(self, inner: Any) -> Any:
        wire = self

        class HTTPTransport(self.library.BaseTransport):  # type: ignore[misc, name-defined]
            def handle_request(self, request: Any) -> Any:
                return wire.handle(inner, request)

        class AsyncHTTPTransport(self.library.AsyncBaseTransport):  # type: ignore[misc, name-defined]
            async def handle_async_request(self, request: Any) -> Any:
                return await wire.handle_async(inner, request)

        return AsyncHTTPTransport() if self.exchange.is_async else HTTPTransport()

    def handle(self, inner: Any, request: Any) -> Any:
        if self.gets_through(inner):
            replies.tried_again(self.call, self.last)
            return inner.handle_request(request)
        return self.fail(inner, request)

    async def handle_async(self, inner: Any, request: Any) -> Any:
        if self.gets_through(inner):
            replies.tried_again(self.call, self.last)
            return await inner.handle_async_request(request)
        return self.fail(inner, request)

    def gets_through(self, inner: Any) -> bool:
        """Whether a client that tries again has success this time."""
        self.attempts += 1
        self.call.tries += self.fault.outage and self.attempts > 1
        transient = not self.fault.outage and self.fault.name != "http.redirect-loop"
        if inner is None:  # a stand-in: nothing retries
            return False
        if self.attempts > 1 and transient:
            return True
        if self.fault.name not in ("http.connection-refused", "http.dns-failure", "http.connect-timeout"):
            return False
        # httpcore's own retries, of connecting only
        retries = getattr(getattr(inner, "_pool", None), "_retries", 0)
        for attempt in range(retries if isinstance(retries, int) else 0):
            self.clock.advance(0.0 if attempt == 0 else 0.5 * 2 ** (attempt - 1))
            self.call.tries += not transient
            if transient:
                return True
        return False

    # ---------------------------------------------------------------------- failures
    def fail(self, inner: Any, request: Any) -> Any:
        """Raise or answer as the fault does."""
        name = self.fault.name
        if name in replies.ANSWERS:
            found = replies.answer(self.fault, str(request.url))
            return self.response(found.status, found.headers, self.stream(found.body))
        if name == "http.truncated-body":
            return self.cut()
        try:
            with self.transports.map_httpcore_exceptions():
                self.raise_from_core(request)
        except BaseException as exc:
            self.last = exc
            raise

    def raise_from_core(self, request: Any) -> None:
        """What httpcore raises, with the chain that its layers leave."""
        name, core, is_async = self.fault.name, self.core, self.exchange.is_async
        times = request.extensions.get("timeout") or {}
        kind: Any
        if name == "http.connection-refused":
            kind, make = (
                core.ConnectError,
                _async_refused(request) if is_async else _raiser(replies.refused()),
            )
        elif name == "http.dns-failure":
            kind, make = core.ConnectError, _raiser(replies.unresolved())
        elif name == "http.connect-timeout":
            seconds = times.get("connect")
            self.clock.advance(replies.SYSTEM_CONNECT_TIMEOUT if seconds is None else seconds)
            if is_async and seconds is None:
                kind, make = core.ConnectError, _async_failed(replies.timed_out(None))
            else:
                kind, make = (
                    core.ConnectTimeout,
                    _raiser(_cancelled() if is_async else replies.timed_out(seconds)),
                )
        elif name == "http.read-timeout":
            seconds = times.get("read")
            self.clock.advance(replies.FOR_EVER if seconds is None else seconds)
            kind, make = core.ReadTimeout, _raiser(_cancelled() if is_async else TimeoutError("timed out"))
        elif name == "http.tls-failure":
            kind, make = core.ConnectError, _raiser(replies.bad_certificate())
        else:
            kind, make = core.ReadError, _async_reset if is_async else _raiser(replies.reset())
        try:
            try:
                make()
            except Exception as exc:
                raise kind(exc) from exc
        except Exception as exc:  # as the pool does when it has closed what is of no use any more
            raise exc from None

    def cut(self) -> Any:
        """The real answer, of which the second half does not arrive."""
        body = getattr(self.real, "_content", None)
        body = body if isinstance(body, bytes) and len(body) > 1 else b" " * replies.EXPECTED
        status, _, headers = head_of(self.real)
        headers["Content-Length"] = str(len(body))
        half = body[: len(body) // 2 if body.strip() else replies.RECEIVED]
        return self.response(status, tuple(headers.items()), self.stream(half, len(body)))

    def response(self, status: int, headers: tuple[tuple[str, str], ...], stream: Any) -> Any:
        extensions = {"http_version": b"HTTP/1.1"}
        return self.library.Response(status, headers=list(headers), stream=stream, extensions=extensions)

    def stream(self, body: bytes, expected: int | None = None) -> Any:
        """A body; one that ends before its announced length where there is one `expected`."""

        def end() -> None:
            if expected is not None:
                self.last = self.ended_early(len(body), expected)
                hub.raise_injected(self.last)  # it may be read long after the call is over

        def parts() -> Iterator[bytes]:
            yield body
            end()

        async def async_parts() -> AsyncIterator[bytes]:
            yield body
            end()

        if self.exchange.is_async:
            return self.transports.AsyncResponseStream(async_parts())
        return self.transports.ResponseStream(parts())

    def ended_early(self, received: int, expected: int) -> BaseException:
        import h11

        what = "peer closed connection without sending complete message body"
        text = f"{what} (received {received} bytes, expected {expected})"
        try:
            try:
                try:
                    raise h11.RemoteProtocolError(text)
                except h11.RemoteProtocolError as exc:
                    raise self.core.RemoteProtocolError(exc) from exc
            except self.core.RemoteProtocolError as exc:
                if self.exchange.library == "httpx2":  # its pool leaves the cause
                    raise
                raise exc from None
        except self.core.RemoteProtocolError as exc:
            found: BaseException = exc
        return found


def _raiser(exc: BaseException) -> Callable[[], None]:
    def make() -> None:
        raise exc

    return make


def _cancelled() -> TimeoutError:
    """As a cancel scope of anyio's ends it."""
    exc = TimeoutError()
    exc.__context__ = asyncio.CancelledError(f"Cancelled via cancel scope {id(exc):x}; reason: deadline exceeded")
    return exc


def _async_failed(cause: OSError) -> Callable[[], None]:
    def make() -> None:
        raise OSError("All connection attempts failed") from cause

    return make


def _async_refused(request: Any) -> Callable[[], None]:
    """asyncio's message has the address that the name was resolved to."""
    host = request.url.host
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = {"localhost": "127.0.0.1"}.get(host, replies.PLANTED)
    port = request.url.port or (443 if request.url.scheme == "https" else 80)
    cause = replies.refused()
    return _async_failed(ConnectionRefusedError(cause.errno, f"Connect call failed ({host!r}, {port})"))


def _async_reset() -> None:
    import anyio

    raise anyio.BrokenResourceError from replies.reset()


# ---------------------------------------------------------------------- clients
def _twin(wire: Wire) -> Any:
    """A copy of the client that sends over `wire`; the client itself is shared with other threads."""
    exchange = wire.exchange
    real = seam.originals[exchange.library]
    client = exchange.client
    if client is None:
        kind = real.AsyncClient if exchange.is_async else real.Client
        with hub.quiet():
            client = kind(transport=wire.transport(None), trust_env=False, timeout=None)
        inner = None
    else:
        inner = client._transport_for_url(exchange.request.url)
    twin = object.__new__(type(client))
    twin.__dict__.update(client.__dict__)
    transport = wire.transport(inner)
    twin.__dict__["_transport_for_url"] = lambda url: transport
    single = real.async_single if exchange.is_async else real.single
    twin.__dict__["_send_single_request"] = lambda request: single(twin, request)
    return twin


def through(wire: Wire) -> Any:
    """Send the request with the library's own code over `wire`."""
    exchange = wire.exchange
    real = seam.originals[exchange.library]
    return real.send(_twin(wire), exchange.request, **exchange.options)


async def through_async(wire: Wire) -> Any:
    """As `through`."""
    exchange = wire.exchange
    real = seam.originals[exchange.library]
    return await real.async_send(_twin(wire), exchange.request, **exchange.options)


def malformed(exchange: Exchange, reply: Any, body: bytes, content_type: str | None) -> Any:
    """The answer with another body; status and headers are kept."""
    library = import_module(exchange.library)
    status, _, headers = head_of(reply)
    if content_type is not None:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["Content-Type"] = content_type
    headers["Content-Length"] = str(len(body))
    extensions = getattr(reply, "extensions", None)
    response = library.Response(
        status, headers=headers, content=body, request=exchange.request,
        extensions=dict(extensions) if isinstance(extensions, dict) else None,
    )  # fmt: skip
    if isinstance(reply, library.Response):
        response.history = list(reply.history)
        response.default_encoding = reply.default_encoding
        response._request = reply._request
    return _timed(response, reply)


def _timed(response: Any, reply: Any) -> Any:
    """The time that it took, which a client knows once the body is read."""
    import datetime

    try:
        elapsed = reply.elapsed
    except (AttributeError, RuntimeError):
        elapsed = None
    if not isinstance(elapsed, datetime.timedelta):
        elapsed = datetime.timedelta(0)
    try:
        response.elapsed = elapsed
    except AttributeError:  # httpx2 keeps it at the stream
        response.stream.elapsed = elapsed
    return response


class HttpxDriver:
    """Failures of httpx and httpx2: see `docs/explanation`."""

    seams = frozenset({"httpx", "httpx2"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)
        if fault.name in replies.REPLIES:
            return Strike(self._odd_reply(fault, variant, call, exchange), instead=False)

        def perform(reply: Any) -> Any:
            wire = Wire(fault, exchange, call, clock, reply)
            return through_async(wire) if exchange.is_async else through(wire)

        return Strike(perform, instead=not fault.after)

    def _odd_reply(self, fault: Fault, variant: str, call: Call, exchange: Exchange) -> Callable[[Any], Any]:
        def perform(reply: Any) -> Any:
            odd = replies.odd(fault, variant, call, call.reply)
            if odd is None:
                replies.give_back(call)
                return reply
            return malformed(exchange, reply, odd.body, odd.content_type)

        return perform


DRIVER = HttpxDriver()
