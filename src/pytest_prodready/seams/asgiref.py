"""asgiref: what it runs in another thread may run below the test, where `async_to_sync` waits; see also `tasks`."""

from __future__ import annotations

from types import ModuleType

from ..frames import runs_for
from . import Patches, Seam


def install(module: ModuleType, patches: Patches) -> None:
    patches.on_undo(runs_for(module.SyncToAsync.thread_handler.__code__, None))


SEAM = Seam("asgiref", ("asgiref.sync",), install)
