"""requests' own errors, made by requests and urllib3 themselves.

The request goes through the library's real code (session, hooks, redirects, adapter, retry policy, pool) down
to the one method that would use the wire, and that one fails. So exceptions, their arguments and chains, and
what a client's retry layer does with them are the library's, whatever stands in for the wire in the test.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

from ...seams import hub
from ...seams import requests as seam
from ...seams.http_client import seconds as socket_seconds
from ...seams.requests import Exchange, mounted_adapter
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _replies as replies


class Again(BaseException):
    """The client tries once more, and the fault is over: leave for the call that the test knows."""


class Wire:
    """A connection pool that fails.

    Args:
        fault: what happens.
        exchange: the request.
        call: the observed call.
        clock: virtual time; the back-off of retries passes in it.
        real: the real answer, for a fault that cuts it.
    """

    def __init__(self, fault: Fault, exchange: Exchange, call: Call, clock: Clock, real: Any = None) -> None:
        self.fault = fault
        self.exchange = exchange
        self.call = call
        self.clock = clock
        self.real = real
        self.attempts = 0
        self.last: BaseException | None = None

    def pool(self, request: Any) -> Any:
        from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
        from urllib3.util import parse_url

        url = parse_url(request.url)
        secure = url.scheme == "https"
        pool: Any = (HTTPSConnectionPool if secure else HTTPConnectionPool)(
            url.host or "", url.port or (443 if secure else 80)
        )
        pool._make_request = functools.partial(self.make_request, pool)
        pool.urlopen = functools.partial(seam.originals.urlopen, pool)
        return pool

    def make_request(self, pool: Any, conn: Any, method: str, url: str, timeout: Any = None, **options: Any) -> Any:
        """In place of `HTTPConnectionPool._make_request`."""
        self.attempts += 1
        if self.attempts > 1 and not self.fault.outage and self.fault.name != "http.redirect-loop":
            raise Again
        if self.fault.outage:
            self.call.tries = self.attempts
        try:
            response = self.fail(pool, conn, method, url, timeout, options)
        except BaseException as exc:
            self.last = exc
            raise
        response.retries = options.get("retries")
        response._pool = pool
        return response

    def fail(self, pool: Any, conn: Any, method: str, url: str, timeout: Any, options: dict[str, Any]) -> Any:
        """Raise or answer as the fault does."""
        from urllib3 import exceptions as errors

        name = self.fault.name
        if name == "http.connection-refused":
            try:
                raise replies.refused()
            except OSError as e:
                raise errors.NewConnectionError(conn, f"Failed to establish a new connection: {e}") from e
        if name == "http.dns-failure":
            try:
                raise replies.unresolved()
            except OSError as e:
                raise errors.NameResolutionError(conn.host, conn, e) from e  # type: ignore[arg-type]
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
                raise errors.SSLError(e)  # noqa: B904 - as urllib3 does
        if name == "http.connection-reset":
            raise replies.reset()
        return self.answered(method, url, options)

    def answered(self, method: str, url: str, options: dict[str, Any]) -> Any:
        if self.fault.name == "http.truncated-body":
            return self.cut(method, url)
        found = replies.answer(self.fault, self.exchange.request.url)
        return raw_response(found.status, found.reason, found.headers, BytesIO(found.body), method, url)

    def cut(self, method: str, url: str) -> Any:
        """The real answer, of which the second half does not arrive."""
        real = self.real
        body = getattr(real, "_content", None)
        body = body if isinstance(body, bytes) and len(body) > 1 else b" " * replies.EXPECTED
        status, reason, headers = head_of(real)
        headers["Content-Length"] = str(len(body))
        half = body[: len(body) // 2 if body.strip() else replies.RECEIVED]
        return raw_response(status, reason, tuple(headers.items()), Cut(half, len(body)), method, url)


class Cut(BytesIO):
    """A body that ends before its announced length."""

    def __init__(self, received: bytes, expected: int) -> None:
        super().__init__(received)
        self._received, self._expected = len(received), expected

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data or size is None or size < 0:
            from urllib3.exceptions import IncompleteRead

            # it may be read long after the call is over
            hub.raise_injected(IncompleteRead(self._received, self._expected - self._received))
        return data


def raw_response(
    status: int, reason: str, headers: tuple[tuple[str, str], ...], body: BytesIO, method: str, url: str
) -> Any:
    """The answer as urllib3 has it."""
    from urllib3 import HTTPHeaderDict, HTTPResponse

    return HTTPResponse(
        body=body, headers=HTTPHeaderDict(headers), status=status, reason=reason, version=11,
        preload_content=False, decode_content=False, request_method=method, request_url=url,
    )  # fmt: skip


def head_of(reply: Any) -> tuple[int, str, dict[str, str]]:
    """Status, reason and headers of an answer, which may be a test's double."""
    from http.client import responses

    status = getattr(reply, "status_code", None)
    status = status if isinstance(status, int) else 200
    reason = getattr(reply, "reason", None)
    headers: dict[str, str] = {}
    with suppress(Exception):
        headers = {str(k): v for k, v in reply.headers.items() if isinstance(v, str)}
    for name in list(headers):
        if name.lower() in ("content-encoding", "transfer-encoding", "content-length"):
            del headers[name]
    if not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json"
    return status, reason if isinstance(reason, str) else responses.get(status, ""), headers


def through(wire: Wire, clock: Clock) -> Any:
    """Send the request with the library's own code over `wire`. Raises Again where a retry gets through."""
    exchange = wire.exchange
    real = seam.originals
    session = exchange.session
    if session is None:
        with hub.quiet():
            session = real.Session()
            session.trust_env = False
    twin = object.__new__(type(session))
    twin.__dict__.update(session.__dict__)
    request = exchange.request
    mounted = mounted_adapter(session, request.url)
    adapter = _adapter(mounted, wire, clock)
    twin.__dict__["get_adapter"] = lambda url: adapter
    twin.__dict__["send"] = functools.partial(real.session_send, twin)
    response = real.session_send(twin, request, **exchange.options)
    if wire.attempts == 0:  # the adapter goes its own way: leave it out
        adapter = _adapter(None, wire, clock)
        response = real.session_send(twin, request, **exchange.options)
    if mounted is not None:
        for one in (response, *response.history):
            one.connection = mounted
    return response


def _adapter(mounted: Any, wire: Wire, clock: Clock) -> Any:
    """The mounted adapter, with its own `send` and retry policy, over `wire`."""
    base = seam.originals.HTTPAdapter

    class Base(base):  # type: ignore[misc, valid-type]
        send = seam.originals.adapter_send

    def pool(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        return wire.pool(request)

    own: dict[str, Any] = {
        "get_connection_with_tls_context": pool,
        "get_connection": lambda self, url, proxies=None: wire.pool(wire.exchange.request),
        "cert_verify": lambda self, *args, **kwargs: None,
    }
    kind = type(mounted)
    adapter: Any = None
    if isinstance(mounted, base) and kind is not base:
        with suppress(TypeError):
            adapter = object.__new__(type(kind.__name__, (kind, Base), own))
            adapter.__dict__.update(mounted.__dict__)
    if adapter is None:
        adapter = type("HTTPAdapter", (Base,), own)()
        if isinstance(mounted, base):
            adapter.__dict__.update(mounted.__dict__)
    adapter.max_retries = waiting(adapter.max_retries, clock)
    return adapter


def waiting(policy: Any, clock: Clock) -> Any:
    """The retry policy, whose back-off passes in virtual time; a number, True or False says nothing of one."""
    if not hasattr(policy, "get_backoff_time"):
        return policy
    policy = copy.copy(policy)
    wait_in_place(policy, clock)
    return policy


def wait_in_place(policy: Any, clock: Clock) -> None:
    """As `waiting`, for a policy that nobody else holds."""

    def sleep(self: Any, response: Any = None) -> None:
        seconds = self.get_retry_after(response) if self.respect_retry_after_header and response else None
        clock.advance(seconds or self.get_backoff_time())

    async def async_sleep(self: Any, response: Any = None) -> None:  # of urllib3-future
        self.sleep(response)

    kind = type(policy)
    if hasattr(policy, "get_backoff_time") and not hasattr(kind, "_prodready_waits"):
        policy.__class__ = type(
            kind.__name__, (kind,), {"sleep": sleep, "async_sleep": async_sleep, "_prodready_waits": True}
        )


def malformed(exchange: Exchange, reply: Any, body: bytes, content_type: str | None) -> Any:
    """The answer with another body; status and headers are kept."""
    status, reason, headers = head_of(reply)
    if content_type is not None:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["Content-Type"] = content_type
    headers["Content-Length"] = str(len(body))
    request = exchange.request
    raw = raw_response(status, reason, tuple(headers.items()), BytesIO(body), request.method, request.url)
    response = seam.originals.HTTPAdapter().build_response(request, raw)
    if isinstance(reply, type(response)):
        for name in ("history", "elapsed", "cookies", "connection", "request", "url"):
            setattr(response, name, getattr(reply, name, getattr(response, name)))
    if not exchange.stream:
        response.content  # noqa: B018 - a session reads it
    return response


class RequestsDriver:
    """Failures of requests: see `docs/explanation`."""

    seams = frozenset({"requests"})

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
            wire = Wire(fault, exchange, call, clock, reply)
            try:
                return through(wire, clock)
            except Again:
                pass
            replies.tried_again(call, wire.last)
            return exchange.again()

        return perform

    def _odd_reply(self, fault: Fault, variant: str, call: Call, exchange: Exchange) -> Callable[[Any], Any]:
        def perform(reply: Any) -> Any:
            odd = replies.odd(fault, variant, call, call.reply)
            if odd is None:
                replies.give_back(call)
                return reply
            return malformed(exchange, reply, odd.body, odd.content_type)

        return perform


DRIVER = RequestsDriver()
