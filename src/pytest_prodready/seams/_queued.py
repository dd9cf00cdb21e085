"""What all task queues have in common: a task that runs in process is an entry of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..raised import qualified
from ..trace import Entry, Outcome
from . import hub

#: Whatever leaves the task was thought of.
EVERYTHING = "BaseException"


def as_task(name: str, handlers: Iterable[str], do: Callable[[], Any]) -> Any:
    """Run a task's function.

    Args:
        name: the task's name.
        handlers: classes of exceptions that the application decided on: retried, expected, given to a handler.
    """
    entry = Entry("task", f"task {name}", handlers=tuple(handlers))
    with hub.enter(entry):
        try:
            value = do()
        except BaseException as exc:
            failed(entry, exc)
            raise
        if entry.outcome is None:
            entry.outcome = Outcome("return", value=hub.plain(value))
        return value


def failed(entry: Entry, exc: BaseException) -> None:
    """The task ended with an exception: its queue records it, and nobody waits for it."""
    entry.error = hub.error_info(exc)
    entry.outcome = Outcome("exception", error=entry.error)


def names(classes: Any) -> tuple[str, ...]:
    """The qualified names of one class of exceptions, or of several."""
    if isinstance(classes, type):
        classes = (classes,)
    return tuple(qualified(cls) for cls in classes or () if isinstance(cls, type))
