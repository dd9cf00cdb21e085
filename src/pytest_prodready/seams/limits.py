"""Limits of how often somebody may ask: whether a test configuration has switched them off, so that they cannot be seen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

LIMIT = re.compile(r"rate_?limit|throttl|limiter|axes|lock_?out|brute", re.I)
ON = re.compile(r"enable|active|use_|_on\b|^(?:rate_?limit(?:ing|er)?|throttling|lockout)$", re.I)
OFF = re.compile(r"disable|skip|_off\b|without", re.I)
NO, YES = frozenset({"0", "off", "false", "no", "none"}), frozenset({"1", "on", "true", "yes"})


def switched_off(settings: Mapping[Any, Any], limiters: Iterable[Any] = (), overridden: Iterable[Any] = ()) -> bool:
    """Whether anything says that limits are not wanted now.

    Args:
        settings: of the application; the environment is asked too.
        limiters: of an extension (Flask-Limiter, slowapi): they know whether they are enabled.
        overridden: functions that a test has put something in the place of.
    """
    if any(getattr(one, "enabled", True) is False for one in limiters):
        return True
    if any(LIMIT.search(getattr(one, "__qualname__", "")) for one in overridden):
        return True
    return any(_says_so(str(name), value) for known in (settings, os.environ) for name, value in known.items())


def _says_so(name: str, value: Any) -> bool:
    if not LIMIT.search(name) or not isinstance(value, bool | str):
        return False
    says = str(value).lower()
    return (says in NO and ON.search(name) is not None) or (says in YES and OFF.search(name) is not None)
