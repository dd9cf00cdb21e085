"""VCR.py (and pytest-recording, pytest-vcr over it): a run of ours replays cassettes and never writes one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from . import Patches, Seam, hub

RECORDED = "a cassette was recorded in this run, and a trial needs one that is replayed"


def install(module: ModuleType, patches: Patches) -> None:
    replay = module.RecordMode.NONE

    def load(wrapped: Any, cassette: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        result = wrapped(*args, **kwargs)
        if hub.run:
            cassette.record_mode = replay
        return result

    def save(wrapped: Any, cassette: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if hub.run:  # what a fault left unplayed would be dropped, what came instead kept
            return None
        if hub.trace is not None and cassette.dirty:
            hub.trace.unswept = RECORDED
        return wrapped(*args, **kwargs)

    patches.wrap(module.Cassette, "_load", load)
    patches.wrap(module.Cassette, "_save", save)


SEAM = Seam("vcr", ("vcr.cassette",), install)
