"""Waits and records that a test takes away: what it does not want to wait for, we cannot see.

`stand_ins` says what is replaced; tenacity and stamina have switches of their own.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub
from .trackers import REPORTS

#: Names of functions, constants and settings that say how long to wait.
WAITS = re.compile(
    r"(?<![a-z])(?:sleep|wait|back_?off|delay|pause|interval|jitter|retry|retries|cool_?down)|(?:Sleep|Wait|Delay)"
)
#: Packages that tell of trouble: a double of theirs takes the record.
TELLING = frozenset({"logging", "loguru", "structlog"} | {name.partition(".")[0] for name in REPORTS})


def replaced(name: Any, original: Any, undo: list[Callable[[], None]]) -> None:
    """A test has put something in the place of `original`.

    Args:
        undo: what is done when it goes.
    """
    if isinstance(name, str) and WAITS.search(name if name.upper() != name else name.lower()):
        _without_waits(undo)
    if isinstance(original, logging.Logger) or _package(original) in TELLING:
        _without_records(undo)


def _package(original: Any) -> str:
    if isinstance(original, ModuleType):
        return original.__name__.partition(".")[0]
    module = getattr(original, "__module__", None) or getattr(type(original), "__module__", None)
    return module.partition(".")[0] if isinstance(module, str) else ""


def _without_waits(undo: list[Callable[[], None]]) -> None:
    hub.without_waits += 1
    if hub.trace is not None:
        hub.trace.unpaced = True

    def back() -> None:
        hub.without_waits -= 1

    undo.append(back)


def _without_records(undo: list[Callable[[], None]]) -> None:
    hub.without_records += 1
    if hub.trace is not None:
        hub.trace.unrecorded = True

    def back() -> None:
        hub.without_records -= 1

    undo.append(back)


# ------------------------------------------------------------------------------------------------------- libraries
def _set_testing(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """It stays until it is taken back, which says nothing of who waits."""
    _without_waits([])
    return wrapped(*args, **kwargs)


def _setattr(self: Any, name: str, value: Any) -> None:
    """`fetch.retry.wait = wait_none()`: after it was made only a test sets it."""
    object.__setattr__(self, name, value)
    if name in ("wait", "sleep") and sys._getframe(1).f_code.co_name != "__init__":
        _without_waits([])


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "tenacity":
        patches.set(module.BaseRetrying, "__setattr__", _setattr)
    else:
        for name in ("set_testing", "set_active"):
            if hasattr(module, name):
                patches.wrap(module, name, _set_testing)


SEAM = Seam("pacing", ("tenacity", "stamina"), install)
