"""What a test's double stands for: which library, and what in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import FunctionType, ModuleType
from typing import Any

import wrapt

from . import httpx as httpx_seam
from . import requests as requests_seam
from . import smtp as smtp_seam
from . import urllib3 as urllib3_seam

#: The root package of what is replaced -> the name of its seam.
LIBRARIES = {
    "requests": "requests",
    "httpx": "httpx",
    "httpx2": "httpx2",
    "urllib3": "urllib3",
    "urllib": "urllib",
    "http": "http.client",
    "smtplib": "smtplib",
    "sqlite3": "sqlite3",
    "_sqlite3": "sqlite3",
}
Put = Callable[[Any, str, Any], None]


@dataclass
class Double:
    """What a test's double stands for.

    Attributes:
        library: the name of the seam.
        path: from the library's root; `()` is a call: `("Session", "()", "post")`.
        owner: the client whose method it replaces, if one is known.
        made: the keyword arguments that the client's constructor got.
        changed: the database connection that it stands for has something to commit.
        put: replaces an attribute until the double goes.
        forget: called with each mock that is to be forgotten when the double goes.
    """

    library: str
    path: tuple[str, ...]
    owner: Any = None
    made: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    put: Put | None = None
    forget: Callable[[Any], None] | None = None


#: Mocks that stand for something, by id; the mock is kept, so that its id is not given to another.
remembered: dict[int, tuple[Any, Double]] = {}


class StandIn(wrapt.FunctionWrapper):  # type: ignore[type-arg]
    """A plain function that stands for a library's."""

    def __init__(self, wrapped: Any, double: Double, report: Callable[..., Any]) -> None:
        super().__init__(wrapped, self._call)
        self._self_double, self._self_report = double, report

    def _call(self, wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        double: Double = self._self_double
        if instance is not None and not isinstance(instance, type):
            double = replace(double, owner=instance)
        return self._self_report(double, double.path, None, args, kwargs, lambda: wrapped(*args, **kwargs))


def stands_for(original: Any) -> Double | None:
    """What a double stands for that takes the place of `original`; None where we do not know the library."""
    if isinstance(original, StandIn):
        found: Double = original._self_double
        return found
    if (known := known_mock(original)) is not None:
        return replace(known[0], path=(*known[0].path, *known[1]))
    if isinstance(original, ModuleType):
        return _double(original.__name__, ())
    if isinstance(original, type):
        return _double(original.__module__, (original.__name__,))
    for library in ("requests", "httpx", "httpx2", "urllib3", "smtplib", "sqlite3"):
        for kind in client_types(library):
            if isinstance(original, kind):
                return Double(library, ("connect" if library == "sqlite3" else kind.__name__, "()"), owner=original)
    module, name = getattr(original, "__module__", None), getattr(original, "__qualname__", None)
    if not isinstance(module, str) or not isinstance(name, str) or not callable(original):
        return None
    *classes, last = name.split(".")
    double = _double(module, (*(part for cls in classes for part in (cls, "()")), last))
    if double is not None:
        double.owner = getattr(original, "__self__", None) if classes else None
    return double


def _double(module: str, path: tuple[str, ...]) -> Double | None:
    library = LIBRARIES.get(module.partition(".")[0])
    return None if library is None else Double(library, path)


def client_types(library: str) -> tuple[type, ...]:
    if library == "requests":
        known = getattr(requests_seam, "originals", None)
        return () if known is None else (known.Session,)
    if library == "sqlite3":
        import sqlite3

        return (sqlite3.Connection,)
    if library == "urllib3":
        manager = getattr(urllib3_seam, "originals", None)
        return () if manager is None else (manager.PoolManager, manager.HTTPConnectionPool)
    if library == "smtplib":
        smtp = getattr(smtp_seam, "originals", None)
        return () if smtp is None else (smtp.SMTP,)
    found = httpx_seam.originals.get(library)
    return () if found is None else (found.Client, found.AsyncClient)


def known_mock(candidate: Any) -> tuple[Double, tuple[str, ...]] | None:
    """Of a mock, what its root stands for and the names from there to it."""
    if not remembered:
        return None
    candidate = mock_of(candidate)
    names: list[str] = []
    for _ in range(20):
        if candidate is None:
            return None
        entry = remembered.get(id(candidate))
        if entry is not None:
            return entry[1], tuple(reversed(names))
        try:
            state = vars(candidate)
        except TypeError:
            return None
        names.append(state.get("_mock_new_name") or "")
        candidate = state.get("_mock_new_parent")
    return None


def mock_of(candidate: Any) -> Any:
    """An autospecced function keeps its mock in an attribute."""
    if type(candidate) is FunctionType:  # a mock with a function's spec says that it is one as well
        return vars(candidate).get("mock")
    return candidate


def steps_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The path without the steps into a context manager."""
    steps: list[str] = []
    for part in path:
        if part == "()" and steps and steps[-1] in ("__enter__", "__aenter__"):
            steps.pop()
        else:
            steps.append(part)
    return tuple(steps)
