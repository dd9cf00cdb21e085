"""aiohttp's server: each request is an entry with the label of its resource; its own 500 and 504 are the last resort."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import ModuleType
from typing import Any

from ..trace import Entry, Outcome, normalise
from . import Patches, Seam, hub
from .asgi import FAILED
from .werkzeug import keep


async def _handle(wrapped: Any, app: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or not args:
        return await wrapped(*args, **kwargs)
    request = args[0]
    from aiohttp.web import HTTPException

    entry = Entry("route", f"{_verb(request)} {normalise(request.path)}")
    await _name(app, request, entry)
    with hub.enter(entry):
        try:
            response = await wrapped(*args, **kwargs)
        except HTTPException as answer:
            _answered(entry, answer)
            raise
        except asyncio.CancelledError:
            raise
        except Exception as exc:
            entry.error, entry.last_resort = hub.error_info(exc), True
            ended = 504 if isinstance(exc, TimeoutError) else 500
            entry.outcome = Outcome("response", FAILED if entry.label.startswith("WS ") else ended)
            raise
        _answered(entry, response)
        return response


def _verb(request: Any) -> str:
    return "WS" if request.headers.get("Upgrade", "").lower() == "websocket" else str(request.method)


async def _name(app: Any, request: Any, entry: Entry) -> None:
    try:
        resource = getattr((await app.router.resolve(request)).route, "resource", None)
        if resource is not None:
            entry.label = f"{_verb(request)} {resource.canonical}"
    except Exception as exc:
        hub.internal_error("the aiohttp seam could not look at the application", exc)


def _answered(entry: Entry, response: Any) -> None:
    try:
        headers = tuple((str(name), str(value)) for name, value in response.headers.items())
        entry.outcome = Outcome("response", response.status, headers)
        body = getattr(response, "body", None)
        keep(entry, body if isinstance(body, bytes) else b"")
    except Exception as exc:
        hub.internal_error("the aiohttp seam could not read an answer", exc)


def _debug(wrapped: Any, handler: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """In production nobody is shown a traceback, and pages of the framework are those without."""
    if not hub.production or not hasattr(handler, "debug"):
        return wrapped(*args, **kwargs)
    before, handler.debug = handler.debug, False
    try:
        return wrapped(*args, **kwargs)
    finally:
        handler.debug = before


async def _startup(wrapped: Any, app: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    entry = Entry("lifespan", "lifespan")
    with hub.enter(entry):
        result = await wrapped(*args, **kwargs)
    entry.outcome = Outcome("return")
    return result


def install(module: ModuleType, patches: Patches) -> None:
    from aiohttp.web_protocol import RequestHandler

    patches.wrap(module.Application, "_handle", _handle)
    patches.wrap(module.Application, "startup", _startup)
    patches.wrap(module.Application, "cleanup", _startup)
    patches.wrap(RequestHandler, "handle_error", _debug)


def canary(module: ModuleType) -> None:
    starting = module.Application().startup()
    with suppress(StopIteration, RuntimeError):
        starting.send(None)
    starting.close()


SEAM = Seam("aiohttp.web", ("aiohttp.web",), install, canary)
