"""Which functions of source built what came back: told by the interpreter's profiler, in a request that is made again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from ..seams import hub
from ..trace import Attempt, Site


class Builders:
    """The lines of source that returned a text or an answer with one of these inputs in it, innermost first.

    Args:
        attempts: whose tokens are looked for.
    """

    def __init__(self, attempts: list[Attempt]) -> None:
        self._inputs = {(attempt.token, attempt.value) for attempt in attempts if attempt.token}
        self.sites: list[Site] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        before = sys.getprofile()
        hub.profile = self._profile
        sys.setprofile(self._profile)
        try:
            yield
        finally:
            sys.setprofile(before)
            hub.profile = None

    def _profile(self, frame: FrameType, event: str, value: Any) -> None:
        if event != "return" or value is None or hub.sources is None:
            return
        try:
            if hub.is_source(frame.f_code.co_filename) and any(_carries(value, *one) for one in self._inputs):
                site = hub.sources.stack(frame).site
                if site is not None and site not in self.sites:
                    self.sites.append(site)
        except Exception as exc:  # what a function returned is the application's, and may be anything
            sys.setprofile(None)
            hub.internal_error("what a function returned could not be looked at", exc)


def _carries(value: Any, token: str, given: str) -> bool:
    """Whether this is more than the input itself: a page around it, or an answer."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)) and value:
        value = value[0] if isinstance(value[0], (str, bytes)) else ""
        return _carries(value, token, given) if value else False
    if isinstance(value, str):
        return token in value.lower() and "<" in value.replace(given, "")
    kind = type(value)
    if not hasattr(kind, "headers") and "headers" not in getattr(value, "__dict__", {}):
        return False
    if not any(hasattr(kind, name) or hasattr(value, name) for name in ("status_code", "status")):
        return False
    for held in (
        getattr(value, "body", None),
        getattr(value, "content", None),
        _first(getattr(value, "response", None)),
    ):
        if isinstance(held, (str, bytes)) and token in str(held).lower():
            return True
    headers = value.headers
    return any(token in str(text).lower() for text in (headers.values() if hasattr(headers, "values") else ()))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None
