"""What holds up an event loop besides calls of other seams: sleeps, processes, hashes that are slow on purpose.

None of it is failed or changed: it is noted where a coroutine of source does it on the loop's own thread. That somebody waited is
noted whoever did.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub

#: module: (functions, what they do that holds up a loop)
BLOCKING = {
    "time": (("sleep",), "sleep"),
    "asyncio": (("sleep",), ""),
    "anyio": (("sleep",), ""),
    "trio": (("sleep",), ""),
    "subprocess": (("run", "call", "check_call", "check_output", "getoutput", "getstatusoutput"), "process"),
    "os": (("system",), "process"),
    "hashlib": (("pbkdf2_hmac", "scrypt"), "hash"),
    "bcrypt": (("hashpw", "checkpw"), "hash"),
}


def _noted(what: str, name: str) -> Callable[..., Any]:
    def blocking(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if name.endswith(".sleep"):
            hub.waited()
        if what and hub.trace is not None and not (name == "time.sleep" and args and args[0] == 0):
            hub.held_up(what, name, sys._getframe(1))
        return wrapped(*args, **kwargs)

    return blocking


def install(module: ModuleType, patches: Patches) -> None:
    names, what = BLOCKING[module.__name__]
    for name in names:
        if hasattr(module, name):
            patches.wrap(module, name, _noted(what, f"{module.__name__}.{name}"))


SEAM = Seam("blocking", tuple(BLOCKING), install)
