"""RQ: a job that is performed in process (`is_async=False`, a SimpleWorker) is an entry of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from . import Patches, Seam, hub
from ._queued import EVERYTHING, as_task


def _perform(wrapped: Any, job: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    own = getattr(job, "_failure_callback_name", None) or getattr(job, "retries_left", None)
    return as_task(str(job.func_name), (EVERYTHING,) if own else (), lambda: wrapped(*args, **kwargs))


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.Job, "perform", _perform)


SEAM = Seam("rq", ("rq.job",), install)
