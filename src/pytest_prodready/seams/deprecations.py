"""What is deprecated, and which line of source uses it: warnings name a line, but often the wrong one."""

from __future__ import annotations

import linecache
import re
import sys
from types import FrameType, ModuleType
from typing import Any

from ..trace import Deprecation, Site
from . import Patches, Seam, hub

KINDS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
_SAYS_SO = re.compile(r"warn|deprecat", re.I)


def _show(wrapped: Any, warnings: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if args and hub.run == 0 and hub.sources is not None and issubclass(args[0].category, KINDS):
        try:
            found = _deprecation(args[0], sys._getframe(1))
        except Exception as exc:  # what we cannot attribute is shown as ever
            hub.internal_error("a warning could not be attributed", exc)
        else:
            if found is not None:
                (hub.deprecations if hub.trace is None else hub.trace.deprecations).append(found)
    return wrapped(*args, **kwargs)


def _deprecation(message: Any, frame: FrameType | None) -> Deprecation | None:
    """Who uses what is deprecated: None for a test, or where no source has a part in it."""
    while frame is not None and frame.f_code.co_filename.endswith(("warnings.py", "<frozen importlib._bootstrap>")):
        frame = frame.f_back
    if frame is None:
        return None
    by = str(frame.f_globals.get("__name__", "")).partition(".")[0]
    category, text = message.category.__name__, str(message.message)
    says_so = _SAYS_SO.search(linecache.getline(frame.f_code.co_filename, frame.f_lineno)) is not None
    kind, relative = _classify(message.filename)
    if kind == "source":
        own = says_so and (frame.f_code.co_filename, frame.f_lineno) == (message.filename, message.lineno)
        return Deprecation(Site(relative, message.lineno, _function(frame, message)), by, category, text, own)
    if kind == "test":
        return None
    site, direct = _caller(frame, by)
    if site is None:
        return None
    return Deprecation(site if direct and says_so else None, by, category, text)


def _caller(frame: FrameType, by: str) -> tuple[Site | None, bool]:
    """The innermost line of source, and whether it calls the package that warns directly."""
    one: FrameType | None = frame
    direct = True
    while one is not None:
        kind, relative = _classify(one.f_code.co_filename)
        if kind == "source":
            return Site(relative, one.f_lineno, one.f_code.co_qualname), direct
        if kind == "test":
            return None, False
        name = str(one.f_globals.get("__name__", "")).partition(".")[0]
        direct = direct and (name == by or name.startswith("importlib"))
        one = one.f_back
    return None, False


def _function(frame: FrameType, message: Any) -> str:
    one: FrameType | None = frame
    while one is not None:
        if one.f_code.co_filename == message.filename and one.f_lineno == message.lineno:
            return one.f_code.co_qualname
        one = one.f_back
    return "<module>"


def _classify(filename: str) -> tuple[str, str]:
    assert hub.sources is not None
    return hub.sources.classify(filename)


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module, "_showwarnmsg", _show)


SEAM = Seam("deprecations", ("warnings",), install)
