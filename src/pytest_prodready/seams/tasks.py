"""Tasks and threads: what they do belongs to the place that started them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import Context
from functools import partial
from types import FrameType, ModuleType
from typing import Any

from . import Patches, Seam, hub


def _create_task(wrapped: Any, loop: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or kwargs.get("context") is not None:
        return wrapped(*args, **kwargs)
    with hub.handing_over(sys._getframe(1)):
        return wrapped(*args, **kwargs)


def adopted(function: Callable[..., Any], frame: FrameType | None) -> Callable[..., Any]:
    """`function` for another thread, as a part of what `frame` does."""
    adopt = hub.hand_over(frame)
    if isinstance(function, partial):
        context = getattr(function.func, "__self__", None)
        if isinstance(context, Context):  # asyncio.to_thread: it would hide what the thread's own context says
            return partial(context.run, _within, adopt, *function.args, **function.keywords)
    return partial(_within, adopt, function)


def _within(adopt: Any, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with adopt():
        return function(*args, **kwargs)


def _submit(wrapped: Any, executor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or not args:
        return wrapped(*args, **kwargs)
    function, *rest = args
    return wrapped(adopted(function, sys._getframe(1)), *rest, **kwargs)


async def _in_worker_thread(wrapped: Any, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    if hub.profile is not None and args:
        args = (partial(_profiled, args[0]), *args[1:])
    with hub.handing_over(sys._getframe(1), to_thread=True):  # anyio runs the function in a copy of this context
        return await wrapped(*args, **kwargs)


def _profiled(function: Callable[..., Any], *args: Any) -> Any:
    """A thread has a profiler of its own."""
    before = sys.getprofile()
    sys.setprofile(hub.profile)
    try:
        return function(*args)
    finally:
        sys.setprofile(before)


def _to_loop(wrapped: Any, bridge: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    with hub.handing_over(sys._getframe(1), to_thread=True):  # so does asgiref
        return wrapped(*args, **kwargs)


async def _start_task(wrapped: Any, nursery: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    with hub.handing_over(sys._getframe(1)):
        return await wrapped(*args, **kwargs)


async def _aiosqlite(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or not args:
        return await wrapped(*args, **kwargs)
    function, *rest = args
    return await wrapped(adopted(function, sys._getframe(1)), *rest, **kwargs)


async def _aiosqlite_connect(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    connector = conn._connector
    conn._connector = adopted(connector, sys._getframe(1))
    try:
        return await wrapped(*args, **kwargs)
    finally:
        conn._connector = connector


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "asyncio":
        patches.wrap(module.BaseEventLoop, "create_task", _create_task)
    elif module.__name__ == "asgiref.sync":
        patches.wrap(module.SyncToAsync, "__call__", _in_worker_thread)
        patches.wrap(module.AsyncToSync, "__call__", _to_loop)
    elif module.__name__ == "trio":
        patches.wrap(module.Nursery, "start_soon", _create_task)
        patches.wrap(module.Nursery, "start", _start_task)
    elif module.__name__ == "aiosqlite.core":
        patches.wrap(module.Connection, "_execute", _aiosqlite)
        patches.wrap(module.Connection, "_connect", _aiosqlite_connect)
    elif module.__name__ == "concurrent.futures.thread":
        patches.wrap(module.ThreadPoolExecutor, "submit", _submit)
    else:
        backend = module.AsyncIOBackend if module.__name__.endswith("_asyncio") else module.TrioBackend
        patches.wrap(backend, "run_sync_in_worker_thread", _in_worker_thread)


SEAM = Seam(
    "tasks",
    (
        "asyncio",
        "concurrent.futures.thread",
        "trio",
        "asgiref.sync",
        "aiosqlite.core",
        "anyio._backends._asyncio",
        "anyio._backends._trio",
    ),
    install,
)
