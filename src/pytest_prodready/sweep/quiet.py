"""What goes on in a process beside its tests, and must not see the sweep: coverage, hooks of the interpreter."""

from __future__ import annotations

import gc
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def coverage_paused() -> Iterator[None]:
    """A trial's lines are not the suite's."""
    coverage = sys.modules.get("coverage")
    current = coverage.Coverage.current() if coverage is not None else None
    if current is not None:
        current.stop()
    try:
        yield
    finally:
        if current is not None:
            current.start()


@contextmanager
def warnings_warn() -> Iterator[None]:
    """A suite may turn warnings into errors (`-W error`); in production they are none, and so they are in a trial."""
    with warnings.catch_warnings():
        for number, (action, *rest) in enumerate(warnings.filters):
            if action == "error":
                warnings.filters[number] = ("default", *rest)  # type: ignore[index]
        warnings.filterwarnings("ignore", message="(?!)")  # matches none: it tells Python that the filters have changed
        yield


@contextmanager
def quiet_hooks() -> Iterator[None]:
    """What trials leave to the garbage collector is no warning of the suite's."""
    unraisable, thread = sys.unraisablehook, threading.excepthook
    sys.unraisablehook = lambda args: None
    threading.excepthook = lambda args: None
    try:
        yield
    finally:
        gc.collect()
        sys.unraisablehook, threading.excepthook = unraisable, thread
