"""Django: the matched route names the entry; its built-in 500 is the last resort; in a trial it answers as in production.

Every request, of the test client, of a live server, of a WSGI or ASGI application, goes through `BaseHandler`.
"""

from __future__ import annotations

import inspect
import re
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from io import BytesIO
from itertools import islice
from types import CodeType, FrameType, ModuleType
from typing import Any

from ..frames import NOBODY, runs_for
from ..trace import Entry, Outcome, Request, normalise
from . import Patches, Seam, hub
from .incoming import read_environ, read_scope, write_environ, write_scope
from .limits import LIMIT, switched_off
from .werkzeug import BODY_LIMIT, CHUNKS, broke_off, keep

#: The request that a test client hands over now.
_arriving: ContextVar[Request | None] = ContextVar("prodready_django_arriving", default=None)
#: The entry of the request that Django answers now: one inside it is another request.
_answering: ContextVar[Entry | None] = ContextVar("prodready_django", default=None)


# ------------------------------------------------------------------------------------------------------- requests
def _get_response(wrapped: Any, handler: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    request = args[0] if args else kwargs["request"]
    with _request(request) as (entry, ours):
        response = wrapped(_as_arrived(entry, request))
        _answered(entry, ours, response)
    return response


def _get_response_async(wrapped: Any, handler: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    return _answer_async(wrapped, args, kwargs)


async def _answer_async(wrapped: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    request = args[0] if args else kwargs["request"]
    with _request(request) as (entry, ours):
        response = await wrapped(_as_arrived(entry, request))
        _answered(entry, ours, response)
        if ours and hub.production and response.streaming and getattr(response, "is_async", False):
            await response._iterator.read_ahead()
    return response


@contextmanager
def _request(request: Any) -> Iterator[tuple[Entry, bool]]:
    """The entry of a request, and whether it is ours: another seam may have made it, for its own test client."""
    entry = hub.current_entry()
    label = _label(request)
    if entry is not None and entry.kind == "route" and entry.outcome is None and entry is not _answering.get():
        entry.label, entry.last_resort = label, False
        token = _answering.set(entry)
        try:
            with _as_in_production():
                yield entry, False
        finally:
            _answering.reset(token)
        return
    entry = Entry("route", label)
    token = _answering.set(entry)
    try:
        with hub.enter(entry), _as_in_production():
            yield entry, True
    except BaseException as exc:  # a handler500 that fails itself
        entry.error = entry.error or hub.error_info(exc)
        entry.outcome, entry.last_resort = Outcome("exception", error=entry.error), True
        raise
    finally:
        _answering.reset(token)


def _resolved(request: Any) -> tuple[Any, str | None]:
    """The function or class that will answer, and its route; None where there is none."""
    try:
        from django.urls import get_resolver

        match = get_resolver(getattr(request, "urlconf", None)).resolve(request.path_info)
    except Exception:  # no such route; what is wrong with the routes, Django says better
        return None, None
    view = getattr(match.func, "view_class", None) or getattr(match.func, "cls", None) or match.func
    return view, match.route


def _label(request: Any) -> str:
    method = request.method or "GET"
    _, route = _resolved(request)
    return f"{method} {normalise(request.path_info)}" if route is None else f"{method} /{plain_route(route)}"


def plain_route(route: str) -> str:
    """A route without the anchors of its regular expressions, which `include` leaves in the middle."""
    return re.sub(r"(?<![\\\[])\^|(?<!\\)\$\Z|\\[AZ]", "", route).lstrip("/")


def _answered(entry: Entry, ours: bool, response: Any) -> None:
    try:
        untouched = getattr(response, "_prodready_last_resort", None)
        entry.last_resort = untouched is not None and untouched == response.content
        if not ours:
            return
        headers = tuple((str(name), str(value)) for name, value in response.items())
        cookies = tuple(("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values())
        entry.outcome = Outcome("response", response.status_code, headers + cookies)
        if not response.streaming:
            keep(entry, response.content[:BODY_LIMIT])
            entry.outcome.size = len(response.content)
        elif getattr(response, "is_async", False):  # from Django 4.2 on
            response._iterator = _AsyncBody(response._iterator, entry)
        else:
            body = response._iterator = _Body(response._iterator, entry)
            if hub.production:
                body.read_ahead()
    except Exception as exc:
        hub.internal_error("the Django seam could not look at a response", exc)


class _Body:
    """Passes a stream on and keeps the start of it: a generator runs application code when it is read."""

    def __init__(self, chunks: Iterator[Any], entry: Entry) -> None:
        self._chunks, self._entry = chunks, entry
        self._ready: list[Any] = []
        self._failure: BaseException | None = None

    def read_ahead(self) -> None:
        """A test that fails on the status would not read it."""
        try:
            self._ready = list(islice(self, CHUNKS))
        except Exception as exc:
            self._failure = exc

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self._ready:
            return self._ready.pop(0)
        if self._failure is not None:
            raise self._failure
        try:
            with hub.reenter(self._entry):
                chunk = next(self._chunks)
        except StopIteration:
            raise
        except BaseException as exc:
            broke_off(self._entry, exc)
            raise
        keep(self._entry, _bytes(chunk))
        return chunk


class _AsyncBody:
    """As `_Body`, for an asynchronous stream."""

    def __init__(self, chunks: AsyncIterator[Any], entry: Entry) -> None:
        self._chunks, self._entry = chunks, entry
        self._ready: list[Any] = []
        self._failure: BaseException | None = None

    async def read_ahead(self) -> None:
        ready: list[Any] = []
        try:
            while len(ready) < CHUNKS:
                ready.append(await self.__anext__())
        except StopAsyncIteration:
            pass
        except Exception as exc:
            self._failure = exc
        self._ready = ready

    def __aiter__(self) -> _AsyncBody:
        return self

    async def __anext__(self) -> Any:
        if self._ready:
            return self._ready.pop(0)
        if self._failure is not None:
            raise self._failure
        try:
            with hub.reenter(self._entry):
                chunk = await self._chunks.__anext__()
        except StopAsyncIteration:
            raise
        except BaseException as exc:
            broke_off(self._entry, exc)
            raise
        keep(self._entry, _bytes(chunk))
        return chunk


def _bytes(chunk: Any) -> bytes:
    return bytes(chunk) if isinstance(chunk, (bytes, bytearray, memoryview)) else str(chunk).encode()


# ----------------------------------------------------------------------------------------------------- production
_lock = threading.Lock()
_open_requests: list[tuple[Any, str, Any]] = []  # of settings, what stood there before the first of them
_running = 0


@contextmanager
def _as_in_production() -> Iterator[None]:
    """DEBUG is off while requests are answered; they may overlap, in threads of a live server."""
    global _running
    if not hub.production:
        yield
        return
    from django.conf import settings

    with _lock:
        _running += 1
        if _running == 1:
            for name in ("DEBUG", "DEBUG_PROPAGATE_EXCEPTIONS"):
                if getattr(settings, name):
                    _open_requests.append((settings._wrapped, name, getattr(settings, name)))
                    setattr(settings, name, False)
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if not _running:
                while _open_requests:
                    wrapped, name, before = _open_requests.pop()
                    setattr(wrapped, name, before)
                    settings.__dict__.pop(name, None)


def _client_handler(wrapped: Any, handler: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The test client hands its request to Django."""
    if hub.trace is None or not args:
        return wrapped(*args, **kwargs)
    from django.test.client import FakePayload

    environ: dict[str, Any] = args[0]
    given = environ.get("wsgi.input")
    body = given.read() if given is not None else b""
    request = read_environ({**environ, "wsgi.input": BytesIO(body)})

    before = dict(environ)

    def ask(environ: dict[str, Any], request: Request) -> Any:
        token = _arriving.set(request)
        try:
            return wrapped({**environ, "wsgi.input": FakePayload(request.body)})
        finally:
            _arriving.reset(token)

    def make(request: Request) -> None:
        response = ask(write_environ(before, request), request)
        b"".join(islice(response, CHUNKS)) if response.streaming else response.content

    if hub.production:
        hub.coming(request, make)
    number = len(hub.trace.entries)
    response = ask(environ, request)
    if hub.production and len(hub.trace.entries) > number:
        hub.ended(hub.trace.entries[number], request, make)
    return response


async def _async_client_handler(wrapped: Any, handler: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """As `_client_handler`, over ASGI."""
    if hub.trace is None or not args:
        return await wrapped(*args, **kwargs)
    from django.test.client import FakePayload

    scope: dict[str, Any] = args[0]
    given = scope.get("_body_file")
    body = given.read() if given is not None else b""
    request, before = read_scope(scope, body), dict(scope)

    async def make(request: Request) -> Any:
        token = _arriving.set(request)
        try:
            return await wrapped({**write_scope(before, request), "_body_file": FakePayload(request.body)})
        finally:
            _arriving.reset(token)

    if hub.production:
        await hub.coming_async(request, make)
    number = len(hub.trace.entries)
    response = await make(request)
    if hub.production and len(hub.trace.entries) > number:
        await hub.ended_async(hub.trace.entries[number], request, make)
    return response


def _as_arrived(entry: Entry, request: Any) -> Any:
    """Django's request, or another one that a fault made of it."""
    arriving = _arriving.get()
    if arriving is None or hub.trace is None:
        return request
    view, _ = _resolved(request)
    entry.debug = not hub.production and _debugs()
    entry.unlimited = hub.production and _limits_off()
    changed = hub.arrived(entry, view, arriving)
    if changed is arriving:
        return request
    body = BytesIO(changed.body)
    if hasattr(request, "scope"):
        made = type(request)(write_scope(request.scope, changed), body)
    else:
        made = type(request)(write_environ(request.environ, changed))
    made._dont_enforce_csrf_checks = getattr(request, "_dont_enforce_csrf_checks", False)
    return made


def _debugs() -> bool:
    """Whether the project has debugging on; a runner of tests that switches it off keeps what it was."""
    from django.conf import settings
    from django.test import utils

    kept = getattr(getattr(utils, "_TestState", None), "saved_data", None)
    return bool(getattr(kept, "debug", settings.DEBUG))


def _limits_off() -> bool:
    from django.conf import settings

    return switched_off({name: getattr(settings, name) for name in dir(settings) if LIMIT.search(name)})


def _check_exception(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The test client raises what a user would see as a 500."""
    if not hub.production:
        return wrapped(*args, **kwargs)
    before, client.raise_request_exception = client.raise_request_exception, False
    try:
        return wrapped(*args, **kwargs)
    finally:
        client.raise_request_exception = before


# ---------------------------------------------------------------------------------------------------- last resort
def _unhandled(sender: Any = None, **extra: Any) -> None:
    exc, entry = sys.exc_info()[1], _answering.get()
    if hub.trace is not None and exc is not None and entry is not None and entry.error is None:
        entry.error = hub.error_info(exc)


def _handle_uncaught(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    response = wrapped(*args, **kwargs)
    if hub.trace is not None:
        try:
            resolver = args[1] if len(args) > 1 else kwargs["resolver"]
            if _is_built_in(resolver) and not _has_page():
                response._prodready_last_resort = response.content
        except Exception as exc:
            hub.internal_error("the Django seam could not look at the handler of errors", exc)
    return response


def _is_built_in(resolver: Any) -> bool:
    from django.views import defaults

    return resolver.resolve_error_handler(500) is defaults.server_error


def _has_page() -> bool:
    """Whether the project has a page of its own, which Django's handler shows."""
    from django.template import loader

    try:
        loader.get_template("500.html")
    except Exception:
        return False
    return True


# ----------------------------------------------------------------------------------------- classes that Django runs
def _view(frame: FrameType) -> type | None:
    """`dispatch` of a class of views: a generic one may have no line of its own on the stack."""
    view = frame.f_locals.get("self")
    return type(view) if view is not None else None


def _rendered_view(frame: FrameType) -> type | None:
    """Rendering, when the view itself has returned: its template reads what a query set has not yet."""
    response = frame.f_locals.get("self")
    view = (getattr(response, "context_data", None) or {}).get("view")
    return type(view) if view is not None else None


def _layer(frame: FrameType) -> Any:
    """A layer of middleware: what Django's own do is not the doing of the project's that stand around them."""
    return NOBODY


# ------------------------------------------------------------------------------------------------------ the seam
def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "django.test.client":
        patches.wrap(module.ClientMixin, "check_exception", _check_exception)
        patches.wrap(module.ClientHandler, "__call__", _client_handler)
        patches.wrap(module.AsyncClientHandler, "__call__", _async_client_handler)
    elif module.__name__ == "django.views.generic.base":
        patches.on_undo(runs_for(module.View.dispatch.__code__, _view))
    elif module.__name__ == "rest_framework.views":
        patches.on_undo(runs_for(inspect.unwrap(module.APIView.dispatch).__code__, _view))
    elif module.__name__ == "django.template.response":
        patches.on_undo(runs_for(module.SimpleTemplateResponse.render.__code__, _rendered_view))
    else:
        from django.core.handlers import exception
        from django.core.signals import got_request_exception

        for layer in exception.convert_exception_to_response.__code__.co_consts:
            if isinstance(layer, CodeType):
                patches.on_undo(runs_for(layer, _layer))
        patches.wrap(module.BaseHandler, "get_response", _get_response)
        patches.wrap(module.BaseHandler, "get_response_async", _get_response_async)
        patches.wrap(exception, "handle_uncaught_exception", _handle_uncaught)
        got_request_exception.connect(_unhandled, weak=False)
        patches.on_undo(lambda: got_request_exception.disconnect(_unhandled) and None)


def canary(module: ModuleType) -> None:
    from django.conf import settings

    if not settings.configured:  # nothing can be asked of it
        with hub.enter(Entry("route", "canary")):
            return
    from django.core.handlers.base import BaseHandler
    from django.http import HttpRequest, HttpResponse
    from django.urls import set_urlconf

    handler: Any = BaseHandler()
    handler._middleware_chain = lambda request: HttpResponse(status=204)
    request: Any = HttpRequest()
    request.method, request.path_info, request.urlconf = "GET", "/", ()  # the project's own are not imported for this
    with suppress(AttributeError):  # settings that name no routes
        handler.get_response(request)
    set_urlconf(None)


SEAM = Seam(
    "django",
    (
        "django.core.handlers.base",
        "django.test.client",
        "django.template.response",
        "django.views.generic.base",
        "rest_framework.views",
    ),
    install,
    canary,
)
