"""Huey: in immediate mode, a task is an entry of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from . import Patches, Seam, hub
from ._queued import EVERYTHING, as_task


def _execute(wrapped: Any, huey: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Huey keeps what a task raises to itself: the task's own function is looked at."""
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    task = args[0] if args else kwargs["task"]
    execute = task.execute
    own = getattr(task, "default_retries", 0) or task.retries or task.on_error
    task.execute = lambda: as_task(task.name, (EVERYTHING,) if own else (), execute)
    try:
        return wrapped(*args, **kwargs)
    finally:
        vars(task).pop("execute", None)


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.Huey, "_execute", _execute)


def canary(module: ModuleType) -> None:
    module.MemoryHuey("canary", immediate=True).task()(lambda: None)()


SEAM = Seam("huey", ("huey.api",), install, canary)
