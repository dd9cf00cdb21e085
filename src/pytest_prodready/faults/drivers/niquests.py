"""niquests' own errors, made by niquests and urllib3-future themselves.

As for requests, the library's real code (session, hooks, redirects, adapter, retry policy, pool) runs down to the one
method that would use the wire.
"""

from __future__ import annotations

import errno
import functools
import inspect
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from ...seams import hub
from ...seams import niquests as seam
from ...seams.http_client import seconds as socket_seconds
from ...seams.requests import Exchange
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _replies as replies
from .requests import Again, Cut, Wire, head_of, wait_in_place, waiting

#: Faults that are an answer; of the others no byte arrives.
ANSWERED = replies.ANSWERS | {"http.truncated-body"}


class Bottom(Wire):
    """A connection pool of urllib3-future that fails."""

    def pool(self, request: Any, asynchronous: bool = False) -> Any:
        from niquests.packages import urllib3

        url = urllib3.util.parse_url(request.url)
        secure = url.scheme == "https"
        names = ("AsyncHTTPSConnectionPool", "HTTPSConnectionPool") if secure else ("AsyncHTTPConnectionPool", "HTTPConnectionPool")  # fmt: skip
        kind = getattr(urllib3, names[0 if asynchronous else 1])
        pool = kind(url.host or "", url.port or (443 if secure else 80))
        make = self.make_request_async if asynchronous else self.make_request
        pool._make_request = functools.partial(make, pool)
        return pool

    def make_request(self, pool: Any, conn: Any, method: str, url: str, timeout: Any = None, **options: Any) -> Any:
        wait_in_place(options.get("retries"), self.clock)
        return super().make_request(pool, conn, method, url, timeout, **options)

    async def make_request_async(self, pool: Any, conn: Any, method: str, url: str, **options: Any) -> Any:
        return self.make_request(pool, conn, method, url, **options)

    def fail(self, pool: Any, conn: Any, method: str, url: str, timeout: Any, options: dict[str, Any]) -> Any:
        """Raise or answer as the fault does, with the classes of urllib3-future."""
        from niquests.packages.urllib3 import exceptions as errors

        name = self.fault.name
        if name == "http.connection-refused":
            try:
                raise refused(pool, conn)
            except OSError as e:
                raise errors.NewConnectionError(conn, f"Failed to establish a new connection: {e}") from e
        if name == "http.dns-failure":
            try:
                raise unresolved(conn.host)
            except OSError as e:
                raise errors.NameResolutionError(conn.host, conn, e) from e
        if name == "http.connect-timeout":
            seconds = socket_seconds(timeout.connect_timeout)
            self.clock.advance(replies.SYSTEM_CONNECT_TIMEOUT if seconds is None else seconds)
            try:
                raise replies.timed_out(seconds)
            except OSError as e:
                text = f"Connection to {conn.host} timed out. (connect timeout={seconds})"
                raise errors.ConnectTimeoutError(conn, text) from e
        if name == "http.read-timeout":
            timeout = timeout.clone()
            timeout.start_connect()
            seconds = socket_seconds(timeout.read_timeout)
            self.clock.advance(replies.FOR_EVER if seconds is None else seconds)
            try:
                raise TimeoutError("timed out")
            except OSError as e:
                raise errors.ReadTimeoutError(pool, url, f"Read timed out. (read timeout={seconds})") from e
        if name == "http.tls-failure":
            try:
                raise replies.bad_certificate()
            except OSError as e:
                raise errors.SSLError(e) from e
        if name == "http.connection-reset":
            try:
                raise replies.reset()
            except OSError as e:
                raise errors.ProtocolError("Remote end closed connection without response") from e
        return self.answered(method, url, options)

    def answered(self, method: str, url: str, options: dict[str, Any]) -> Any:
        if self.fault.name == "http.truncated-body":
            return self.cut(method, url)
        found = replies.answer(self.fault, self.exchange.request.url)
        return raw_response(found.status, found.reason, found.headers, BytesIO(found.body), method, url)

    def cut(self, method: str, url: str) -> Any:
        body = getattr(self.real, "_content", None)
        body = body if isinstance(body, bytes) and len(body) > 1 else b" " * replies.EXPECTED
        status, reason, headers = head_of(self.real)
        headers["Content-Length"] = str(len(body))
        half = body[: len(body) // 2 if body.strip() else replies.RECEIVED]
        return raw_response(status, reason, tuple(headers.items()), Short(half, len(body)), method, url)


def refused(pool: Any, conn: Any) -> OSError:
    """As the socket of the operating system says it, or that of asyncio."""
    if type(pool).__name__.startswith("Async"):
        return ConnectionRefusedError(errno.ECONNREFUSED, f"Connect call failed ({conn.host!r}, {conn.port})")
    return replies.refused()


def unresolved(host: str) -> OSError:
    """urllib3-future asks several resolvers, and counts them; by default it has one."""
    return socket.gaierror(f"Name or service not known: {host} using 1 resolver(s)")


class Short(Cut):
    """A body that ends before its announced length, as urllib3-future says it."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = BytesIO.read(self, size)
        if not data or size is None or size < 0:
            from niquests.packages.urllib3.exceptions import IncompleteRead

            hub.raise_injected(IncompleteRead(self._received, self._expected - self._received))
        return data


def raw_response(
    status: int, reason: str, headers: tuple[tuple[str, str], ...], body: BytesIO, method: str, url: str
) -> Any:
    """The answer as urllib3-future has it."""
    from niquests.packages.urllib3 import HTTPHeaderDict, HTTPResponse

    return HTTPResponse(
        body=body, headers=HTTPHeaderDict(headers), status=status, reason=reason, version=11,
        preload_content=False, decode_content=False, request_method=method, request_url=url,
    )  # fmt: skip


def twins(found: Bottom, asynchronous: bool) -> tuple[Any, Any, Any]:
    """(session, its mounted adapter, the same adapter over a pool that fails)."""
    exchange, real = found.exchange, seam.originals
    session = exchange.session
    mounted = None
    with suppress(Exception):
        mounted = type(session).get_adapter(session, exchange.request.url)
    base = real.AsyncHTTPAdapter if asynchronous else real.HTTPAdapter
    send = real.async_adapter_send if asynchronous else real.adapter_send
    with hub.quiet():
        adapter = base()
        twin = object.__new__(type(session) if asynchronous else real.Session)
    twin.__dict__.update(session.__dict__)
    adapter.max_retries = waiting(getattr(mounted, "max_retries", adapter.max_retries), found.clock)
    pools = SimpleNamespace(memorize=lambda *args: None, release=lambda *args: None, forget=lambda *args: None)

    def pool(url: str, *args: Any, **kwargs: Any) -> Any:
        return found.pool(SimpleNamespace(url=url), asynchronous)

    async def pool_async(url: str, *args: Any, **kwargs: Any) -> Any:
        return pool(url)

    adapter.poolmanager = SimpleNamespace(connection_from_url=pool_async if asynchronous else pool, pools=pools)
    adapter.cert_verify = lambda *args, **kwargs: None
    adapter.send = functools.partial(send, adapter)
    twin.__dict__.update(get_adapter=lambda url: adapter, trust_env=False)
    return twin, mounted, adapter


def through(found: Bottom) -> Any:
    """Send the request with the library's own code. Raises Again where a retry gets through."""
    exchange = found.exchange
    twin, mounted, _ = twins(found, asynchronous=False)
    twin.__dict__["send"] = functools.partial(seam.originals.session_send, twin)
    response = twin.send(exchange.request, **{**exchange.options, "proxies": {}})
    return connected(response, mounted)


async def through_async(found: Bottom) -> Any:
    """As `through`, for what fails before an answer."""
    exchange = found.exchange
    twin, mounted, _ = twins(found, asynchronous=True)
    twin.__dict__["send"] = functools.partial(seam.originals.async_session_send, twin)
    response = await twin.send(exchange.request, **{**exchange.options, "proxies": {}})
    return connected(response, mounted)


def connected(response: Any, mounted: Any) -> Any:
    if mounted is not None:
        for one in (response, *response.history):
            one.connection = mounted
    return response


def malformed(exchange: Exchange, reply: Any, body: bytes, content_type: str | None) -> Any:
    """The answer with another body; status and headers are kept."""
    status, reason, headers = head_of(reply)
    if content_type is not None:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["Content-Type"] = content_type
    headers["Content-Length"] = str(len(body))
    request = exchange.request
    raw = raw_response(status, reason, tuple(headers.items()), BytesIO(body), request.method, request.url)
    with hub.quiet():
        response = seam.originals.HTTPAdapter().build_response(request, raw)
    if isinstance(reply, type(response)):
        for name in ("history", "elapsed", "cookies", "connection", "request", "url"):
            setattr(response, name, getattr(reply, name, getattr(response, name, None)))
    response.content  # noqa: B018 - a session reads it
    return response


class NiquestsDriver:
    """Failures of niquests. An answer that an asynchronous session is to stream is left alone."""

    seams = frozenset({"niquests"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.name in replies.WIRE or fault.name in replies.REPLIES else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        exchange: Exchange = live
        fault = replies.in_form(fault, call)
        if fault.name in replies.REPLIES:
            return Strike(self._odd_reply(fault, variant, call, exchange), instead=False)
        asynchronous = inspect.iscoroutinefunction(exchange.again)
        if fault.name in ANSWERED and asynchronous and exchange.stream:
            return None
        perform = self._failure_async if asynchronous and fault.name not in ANSWERED else self._failure
        return Strike(perform(fault, call, exchange, clock), instead=not fault.after)

    def _failure(self, fault: Fault, call: Call, exchange: Exchange, clock: Clock) -> Callable[[Any], Any]:
        def perform(reply: Any) -> Any:
            found = Bottom(fault, exchange, call, clock, reply)
            try:
                return through(found)
            except Again:
                pass
            replies.tried_again(call, found.last)
            return exchange.again()

        return perform

    def _failure_async(
        self, fault: Fault, call: Call, exchange: Exchange, clock: Clock
    ) -> Callable[[Any], Awaitable[Any]]:
        async def perform(reply: Any) -> Any:
            found = Bottom(fault, exchange, call, clock, reply)
            try:
                return await through_async(found)
            except Again:
                pass
            replies.tried_again(call, found.last)
            return await exchange.again()

        return perform

    def _odd_reply(self, fault: Fault, variant: str, call: Call, exchange: Exchange) -> Callable[[Any], Any]:
        def perform(reply: Any) -> Any:
            odd = replies.odd(fault, variant, call, call.reply)
            if odd is None:
                replies.give_back(call)
                return reply
            return malformed(exchange, reply, odd.body, odd.content_type)

        return perform


DRIVER = NiquestsDriver()
