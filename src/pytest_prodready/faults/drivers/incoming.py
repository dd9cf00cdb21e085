"""Requests that arrive: a webhook that has lost the proof of who sent it, or comes twice."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from ...trace import Call, Request
from .. import Clock, Fault, Strike
from .._webhooks import MISSING, unproven

#: Names of what verifies a sender.
VERIFIES = re.compile(r"verif|signature|signed|construct_event|hmac|compare_digest|authentic|is_valid", re.I)
#: Libraries whose functions tests replace for this.
LIBRARIES = frozenset({"hmac", "stripe", "razorpay", "adyen", "square", "paypalrestsdk", "braintree"})
INSTALLED = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))


class IncomingDriver:
    """What becomes of a request before the application sees it: see `docs/explanation`."""

    seams = frozenset({"incoming"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if kind == "receive" and fault.family == "payment" else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        request: Request = live
        if fault.repeats:
            return Strike(lambda _: request)
        if verified_by_double():
            return None  # a test double accepts any signature
        return Strike(lambda _: unproven(request, variant or MISSING))


def verified_by_double() -> bool:
    """Whether a test has replaced what verifies the sender."""
    for module in list(sys.modules.values()):
        if not isinstance(module, ModuleType) or not _may_verify(module):
            continue
        for owner in (module, *(one for one in list(vars(module).values()) if _is_class_of(one, module))):
            for name, value in list(vars(owner).items()):
                if VERIFIES.search(name) and _is_double(getattr(value, "__func__", value)):
                    return True
        if any(_is_overridden(value) for value in list(vars(module).values())):
            return True
    return False


def _may_verify(module: ModuleType) -> bool:
    """A library that verifies, or a module of the project's own that is no test."""
    if module.__name__.partition(".")[0] in LIBRARIES:
        return True
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and not file.startswith(INSTALLED) and not _is_test(file)


def _is_class_of(value: Any, module: ModuleType) -> bool:
    return isinstance(value, type) and value.__module__.partition(".")[0] == module.__name__.partition(".")[0]


def _is_test(file: str) -> bool:
    stem = Path(file).stem
    return stem.startswith(("test_", "conftest")) or stem.endswith("_test")


def _is_double(value: Any) -> bool:
    """A mock, or a function that a test has written."""
    if "_mock_children" in getattr(value, "__dict__", {}):
        return True
    code = getattr(value, "__code__", None)
    return code is not None and _is_test(code.co_filename)


def _is_overridden(value: Any) -> bool:
    """An application of FastAPI in which a dependency that verifies was replaced."""
    overrides = getattr(value, "__dict__", {}).get("dependency_overrides")
    return isinstance(overrides, dict) and any(VERIFIES.search(name) for name in _names(overrides))


def _names(overrides: dict[Any, Any]) -> Iterator[str]:
    return (getattr(function, "__qualname__", "") for function in overrides)


DRIVER = IncomingDriver()
