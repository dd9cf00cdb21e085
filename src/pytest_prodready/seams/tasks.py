"""Tasks and threads: what they do belongs to the place that started them."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub


def _create_task(wrapped: Any, loop: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or kwargs.get("context") is not None:
        return wrapped(*args, **kwargs)
    with hub.handing_over(sys._getframe(1)):
        return wrapped(*args, **kwargs)


def _submit(wrapped: Any, executor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or not args:
        return wrapped(*args, **kwargs)
    function, *rest = args
    adopt = hub.hand_over(sys._getframe(1))

    def adopted(*given: Any, **named: Any) -> Any:
        with adopt():
            return function(*given, **named)

    return wrapped(adopted, *rest, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "asyncio":
        patches.wrap(module.BaseEventLoop, "create_task", _create_task)
    else:
        patches.wrap(module.ThreadPoolExecutor, "submit", _submit)


SEAM = Seam("tasks", ("asyncio", "concurrent.futures.thread"), install)
