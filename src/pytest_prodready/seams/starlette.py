"""Starlette and FastAPI: the matched route names the entry; in a trial the test client shows what a user would see.

`ServerErrorMiddleware` is the last resort: its built-in 500 is nobody's answer, a handler of its own is the application's.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from types import ModuleType
from typing import Any

from ..raised import qualified
from ..trace import normalise
from . import Patches, Seam, asgi, hub
from .limits import switched_off


async def _application(wrapped: Any, app: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or kwargs or len(args) != 3:
        return await wrapped(*args, **kwargs)
    now = asgi.serving()
    if now is None:  # called by a server, or by hand
        return await asgi.serve(_named(wrapped, app), *args, driven=False)
    return await _named(wrapped, app)(*args)


def _named(wrapped: Any, app: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        now = asgi.serving()
        if now is not None and scope.get("type") != "lifespan":
            try:
                # a mounted application has no say in the label
                first = not now.named
                pattern, view = _matching(app.routes, dict(scope)) if first else (None, None)
                asgi.name(now, scope, pattern, tuple(_handlers(app)))
                if first:
                    state: Any = getattr(getattr(app, "state", None), "_state", {})
                    overridden = getattr(app, "dependency_overrides", None) or ()
                    now.entry.unlimited = switched_off(state, state.values(), overridden)
                    scope, receive = await asgi.arrived(now, view, scope, receive)
            except Exception as exc:
                hub.internal_error("the Starlette seam could not look at the application", exc)
        await wrapped(scope, receive, send)

    return application


#: A pattern of a path, and the function that answers it.
Matching = tuple[str | None, Any]


def _matching(routes: Iterable[Any], scope: Any, prefix: str = "") -> Matching:
    """The path of the route that will be matched, with those of the mounts above it, and its endpoint."""
    from starlette.routing import Match

    partial = None
    for route in routes:
        match, child = route.matches(scope)
        if match is Match.FULL:
            return _path(route, scope, child, prefix)
        if match is Match.PARTIAL and partial is None:
            partial = route, child
    return _path(partial[0], scope, partial[1], prefix) if partial is not None else (None, None)


def _path(route: Any, scope: Any, child: Any, prefix: str) -> Matching:
    find = getattr(route, "_match", None)
    if find is not None and hasattr(route, "include_context"):  # FastAPI's routers, which are not copied from 0.13x on
        _, child, inner, context = find(scope)
        if inner is not None and hasattr(inner, "include_context"):
            return _path(inner, scope, child, prefix)
        route = getattr(context, "starlette_route", None) or context or inner or route
    path = prefix + (getattr(route, "path", None) or "")
    if not hasattr(route, "routes"):
        return path, getattr(route, "endpoint", None)
    below = {**scope, **child}  # a mount, or a host
    found = _matching(route.routes or (), below, path)
    return found if found[0] else (path + normalise(_rest(below)), getattr(route, "app", None))


def _rest(scope: Any) -> str:
    path, root = scope.get("path") or "", scope.get("root_path") or ""
    return path[len(root) :] if path.startswith(root) else path


def _handlers(app: Any) -> Iterable[str]:
    """The classes for which the application registered handlers; what comes with the framework is none of its own."""
    for key, handler in app.exception_handlers.items():
        if (getattr(handler, "__module__", None) or "").split(".")[0] in ("fastapi", "starlette"):
            continue
        if isinstance(key, type):
            yield qualified(key)
        elif key == 500:
            yield "Exception"


async def _server_errors(wrapped: Any, middleware: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    now = asgi.serving()
    if now is None or kwargs or not args or args[0].get("type") != "http":
        return await wrapped(*args, **kwargs)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await middleware.app(scope, receive, send)
        except Exception as exc:
            if not asgi.has_ended(exc):
                now.unhandled(exc, own_answer=middleware.handler is not None)
            raise

    now.entry.debug = bool(middleware.debug)
    changed = {"debug": False} if hub.production else {}
    return await asgi.on(wrapped, asgi.Instead(middleware, app=application, **changed))(*args)


def _handle_request(wrapped: Any, transport: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    changed = {"raise_server_exceptions": False} if hub.production else {}
    return asgi.on(wrapped, asgi.Instead(transport, app=asgi.driven(transport.app), **changed))(*args, **kwargs)


async def _lifespan(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    return await asgi.on(wrapped, asgi.Instead(client, app=asgi.driven(client.app)))(*args, **kwargs)


async def _background(wrapped: Any, task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    with hub.in_background():
        return await wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "starlette.testclient":
        patches.wrap(module._TestClientTransport, "handle_request", _handle_request)
        patches.wrap(module.TestClient, "lifespan", _lifespan)
        return
    from starlette.background import BackgroundTask
    from starlette.middleware.errors import ServerErrorMiddleware

    patches.wrap(module.Starlette, "__call__", _application)
    patches.wrap(ServerErrorMiddleware, "__call__", _server_errors)
    patches.wrap(BackgroundTask, "__call__", _background)


def canary(module: ModuleType) -> None:
    if module.__name__ == "starlette.testclient":
        module.TestClient(_nothing).get("/")
        return
    starting = module.Starlette()({"type": "lifespan"}, None, None)
    with suppress(Exception):  # it gets no further than to the first message
        starting.send(None)
    starting.close()


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


SEAM = Seam("starlette", ("starlette.applications", "starlette.testclient"), install, canary)
