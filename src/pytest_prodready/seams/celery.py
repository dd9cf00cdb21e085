"""Celery: a task that runs eagerly, or in a worker's thread, is an entry of its own; eager retries are a part of it."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ..trace import Outcome
from . import Patches, Seam, hub
from ._queued import EVERYTHING, as_task, failed, names

#: A task that retries for ever is left to its retries; eagerly each is a call within the one before.
RETRIES = 20


def _handlers(task: Any, errbacks: Any = None) -> tuple[str, ...]:
    found = names(getattr(task, "autoretry_for", ())) + names(getattr(task, "throws", ()))
    own = getattr(type(task).on_failure, "__module__", "") != "celery.app.task"
    return (*found, EVERYTHING) if own or errbacks else found


def _apply(wrapped: Any, task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    entry = hub.current_entry()
    retries = kwargs.get("retries") or 0
    if retries and entry is not None and entry.label == f"task {task.name}":  # a retry is applied within the first try
        if hub.production and task.max_retries is None and retries > RETRIES:
            return sys.modules["celery.result"].EagerResult(kwargs.get("task_id"), None, "RETRY", name=task.name)
        return wrapped(*args, **kwargs)
    return as_task(task.name, _handlers(task, kwargs.get("link_error")), lambda: _applied(wrapped, args, kwargs))


def _applied(wrapped: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    result = wrapped(*args, **kwargs)
    entry = hub.current_entry()
    if entry is not None and entry.outcome is None:
        state = str(result.state)
        entry.outcome = Outcome("return", value=hub.plain(result.result) if state == "SUCCESS" else state)
    return result


def _call(wrapped: Any, task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`task(...)` in a test: what a worker would run; in source it is a call like any other."""
    if hub.trace is None or hub.sources is None or hub.current_entry() is not None:
        return wrapped(*args, **kwargs)
    if hub.sources.stack(sys._getframe(1)).site is not None:
        return wrapped(*args, **kwargs)
    return as_task(task.name, _handlers(task), lambda: wrapped(*args, **kwargs))


def _retry(wrapped: Any, task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`self.retry(exc=...)`: the application decided on this exception, whether or not retries are left."""
    entry = hub.current_entry()
    if hub.trace is None or entry is None or entry.kind != "task":
        return wrapped(*args, **kwargs)
    exc = kwargs.get("exc") or (args[2] if len(args) > 2 else None) or sys.exc_info()[1]
    entry.handlers += names(type(exc)) if exc is not None else (EVERYTHING,)
    try:
        again = wrapped(*args, **kwargs)
    except sys.modules["celery.exceptions"].Retry as retry:
        _wait(retry)
        raise
    _wait(again)
    return again


def _wait(retry: Any) -> None:
    if isinstance(retry.when, (int, float)):
        hub.later(retry.when)


def _handle_failure(wrapped: Any, info: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Here the exception is still the one that was raised; a result holds what can be pickled."""
    entry = hub.current_entry()
    if hub.trace is not None and entry is not None and entry.kind == "task" and isinstance(info.retval, BaseException):
        try:
            failed(entry, info.retval)
        except Exception as exc:
            hub.internal_error("the celery seam could not look at an exception", exc)
    return wrapped(*args, **kwargs)


def _build_tracer(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A worker in a thread of the test: it runs what this returns."""
    tracer = wrapped(*args, **kwargs)
    if kwargs.get("eager") or len(args) < 2:
        return tracer
    name, task = args[:2]

    def trace_task(*given: Any, **named: Any) -> Any:
        if hub.trace is None:
            return tracer(*given, **named)
        return as_task(name, _handlers(task), lambda: tracer(*given, **named))

    return trace_task


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "celery.app.trace":
        patches.wrap(module.TraceInfo, "handle_failure", _handle_failure)
        patches.wrap(module, "build_tracer", _build_tracer)
        return
    patches.wrap(module.Task, "apply", _apply)
    patches.wrap(module.Task, "__call__", _call)
    patches.wrap(module.Task, "retry", _retry)


SEAM = Seam("celery", ("celery.app.task", "celery.app.trace"), install)
