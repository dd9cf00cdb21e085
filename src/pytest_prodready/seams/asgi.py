"""ASGI: what a server does with an application, for every driver that calls one in the same process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import wrapt

from ..raised import TrialEnded
from ..trace import LARGEST_REQUEST, Entry, LogRecord, Outcome, Request, normalise
from . import hub
from .incoming import Receiving, giving, read_scope, write_scope
from .werkzeug import keep

#: What a server logs when an exception comes out of an application.
SERVER_LOG = "Exception in ASGI application"
#: Closing codes of a WebSocket that tell of no failure.
NORMAL = (1000, 1001)
FAILED = 1011


if TYPE_CHECKING:
    Proxy = wrapt.ObjectProxy[Any]
else:
    Proxy = wrapt.ObjectProxy  # it can be subscripted from 2.0 on


class Instead(Proxy):
    """An object of which some attributes are others: what it really is stays as it was for everybody else."""

    def __init__(self, wrapped: Any, **attributes: Any) -> None:
        super().__init__(wrapped)
        self._self_attributes = attributes

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_self_"):
            attributes = super().__getattribute__("_self_attributes")
            if name in attributes:
                return attributes[name]
        return super().__getattribute__(name)


def on(bound: Any, instance: Any) -> Any:
    """The bound method of `instance`'s class, called on another object."""
    return lambda *args, **kwargs: bound.__func__(instance, *args, **kwargs)


class Serving:
    """One request or session on its way through an application.

    Attributes:
        named: the entry has the label of its route.
        receiving: what has come of the request.
        started, complete: how much of the answer was sent.
    """

    def __init__(self, entry: Entry, receiving: Receiving) -> None:
        self.entry = entry
        self.receiving = receiving
        self.named = False
        self.started = False
        self.complete = False
        self.accepted = False

    def unhandled(self, exc: BaseException, own_answer: bool = False) -> None:
        """An exception reached the framework's last resort, or the server; the first one counts."""
        entry = self.entry
        if entry.error is not None:
            return
        entry.error = hub.error_info(exc)
        entry.late = self.complete
        entry.last_resort = not self.complete and (self.started or not own_answer)

    def listening(self, send: Callable[[Any], Any]) -> Callable[[Any], Any]:
        async def listen(message: Any) -> None:
            await send(message)  # what the server refuses was not answered
            try:
                self._note(message)
            except Exception as exc:
                hub.internal_error("the ASGI seam could not read a message", exc)

        return listen

    def _note(self, message: Any) -> None:
        kind, entry = message["type"], self.entry
        if kind in ("http.response.start", "websocket.http.response.start"):
            headers = tuple((_text(name), _text(value)) for name, value in message.get("headers") or ())
            entry.outcome = Outcome("response", message["status"], headers)
            self.started = True
        elif kind in ("http.response.body", "websocket.http.response.body"):
            keep(entry, bytes(message.get("body") or b""))
            self.complete = self.complete or not message.get("more_body", False)
        elif kind == "websocket.accept":
            self.started = self.accepted = True
            entry.outcome = Outcome("response", 101)
        elif kind == "websocket.send":
            keep(entry, (message.get("text") or "").encode() or bytes(message.get("bytes") or b""))
            keep(entry, b"\n")
        elif kind == "websocket.close":
            self.complete = True
            self._closed(message.get("code") or NORMAL[0], message.get("reason") or "")

    def _closed(self, code: int, reason: str) -> None:
        if not self.accepted:
            self.entry.outcome = Outcome("response", 403, body=reason)
        elif code not in NORMAL and self.entry.outcome is not None:
            self.entry.outcome.status = code
            keep(self.entry, reason.encode())

    async def answer_as_server(self, exc: BaseException, kind: str, send: Callable[[Any], Any]) -> None:
        """What the one outside sees of an exception that came out of the application."""
        if hub.trace is not None:
            hub.trace.logs.append(LogRecord(40, "uvicorn.error", f"{SERVER_LOG}: {exc!r}"))
        if self.complete:
            return
        if kind == "websocket":
            await self.listening(send)({"type": "websocket.close", "code": FAILED, "reason": ""})
        elif self.started:
            await send({"type": "http.response.body", "body": b""})
        else:
            listen = self.listening(send)
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            await listen({"type": "http.response.start", "status": 500, "headers": headers})
            await listen({"type": "http.response.body", "body": b"Internal Server Error"})


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


_serving: ContextVar[Serving | None] = ContextVar("prodready_serving", default=None)


def serving() -> Serving | None:
    """The request that is being served here."""
    return _serving.get() if hub.trace is not None else None


async def serve(app: Any, scope: Any, receive: Any, send: Any, driven: bool) -> None:
    """Let `app` serve one request, which is an entry.

    Args:
        driven: a test driver stands where the server would: in a trial it does not hand exceptions to the test.
    """
    kind = scope.get("type")
    if hub.trace is None or kind not in ("http", "websocket", "lifespan"):
        await app(scope, receive, send)
        return
    if kind == "lifespan":
        entry = Entry("lifespan", "lifespan")

        async def starting(message: Any) -> None:
            if message.get("type") == "lifespan.startup.complete":
                entry.outcome = Outcome("return")
            await send(message)

        with hub.enter(entry):
            await app(scope, receive, starting)
        return
    receiving = Receiving(receive)
    now = Serving(Entry("route", f"{_verb(scope)} {normalise(scope.get('path') or '/')}"), receiving)
    if kind == "http" and driven and hub.production:
        body, before = await receiving.all(), dict(scope)
        request = read_scope(scope, body)

        async def make(request: Request) -> None:
            again = write_scope(before, request)
            entry = Entry("route", f"{_verb(again)} {normalise(again.get('path') or '/')}")
            served = Serving(entry, Receiving(giving(request.body)))
            await served.receiving.all()  # so that it can be looked at before the application reads it
            send, gone = _patient()
            await _serve_one(app, again, giving(request.body, gone), send, served, driven)

        await hub.coming_async(request, make)
        await _serve_one(app, scope, giving(body, receiving), send, now, driven)
        await hub.ended_async(now.entry, request, make)
        return
    try:
        await _serve_one(app, scope, receiving if kind == "http" else receive, send, now, driven)
    finally:
        if now.entry.request is not None and len(receiving.body) <= LARGEST_REQUEST:
            now.entry.request.body = receiving.body  # it came after the request was looked at


def _patient() -> tuple[Callable[[Any], Awaitable[None]], Callable[[], Awaitable[Any]]]:
    """(send, receive) of a client that keeps nothing of the answer, but goes away no sooner than it has all of it."""
    answered = asyncio.Event()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            answered.set()

    async def gone() -> Any:
        with suppress(RuntimeError):  # another loop than asyncio's
            await answered.wait()
        return {"type": "http.disconnect"}

    return send, gone


async def _serve_one(app: Any, scope: Any, receive: Any, send: Any, now: Serving, driven: bool) -> None:
    kind = scope.get("type")
    token = _serving.set(now)
    try:
        with hub.enter(now.entry):
            try:
                try:
                    await app(scope, receive, now.listening(send))
                finally:
                    if kind == "http":
                        hub.answered_plainly(now.entry, app, read_scope(scope, now.receiving.body))
            except BaseException as exc:
                ended = has_ended(exc)
                if ended and hub.trace is not None:
                    hub.trace.end(str(exc) or "was ended")
                if not ended and not isinstance(exc, Exception):
                    raise  # cancelled
                now.unhandled(exc)
                now.entry.last_resort = now.entry.last_resort or not now.started  # a handler of its own may fail too
                if not (driven and hub.production):
                    raise
                await now.answer_as_server(exc, kind, send)
    finally:
        with suppress(ValueError):  # closed by somebody else, and elsewhere
            _serving.reset(token)


def has_ended(exc: BaseException) -> bool:
    """Whether we ended the trial; a group of tasks puts that into a group of exceptions."""
    return isinstance(exc, TrialEnded) or (
        isinstance(exc, BaseExceptionGroup) and any(has_ended(one) for one in exc.exceptions)
    )


def driven(app: Any) -> Any:
    """The application as a test driver calls it."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await serve(app, scope, receive, send, driven=True)

    return application


async def arrived(now: Serving, view: Any, scope: Any, receive: Any) -> tuple[Any, Any]:
    """(scope, receive) with which the request goes on to the function that answers it."""
    if scope.get("type") != "http":
        return scope, receive
    # in an ordinary run the body comes when the application asks for it
    request = read_scope(scope, await now.receiving.all() if hub.production else now.receiving.body)
    changed = hub.arrived(now.entry, view, request)
    if changed is request:
        return scope, receive
    return write_scope(scope, changed), giving(changed.body, receive)


def _verb(scope: Any) -> str:
    return "WS" if scope.get("type") == "websocket" else str(scope.get("method", "GET"))


def name(now: Serving, scope: Any, pattern: str | None, handlers: tuple[str, ...]) -> None:
    """Give the entry the label of its route, and add the error handlers of its application."""
    if pattern is not None:
        now.entry.label = f"{_verb(scope)} {pattern or '/'}"
    now.named = True
    now.entry.handlers = tuple(sorted({*now.entry.handlers, *handlers}))
