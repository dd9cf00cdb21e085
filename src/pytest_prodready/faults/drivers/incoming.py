"""Requests that arrive: a webhook that has lost the proof of who sent it, or comes twice."""

from __future__ import annotations

import re
import sys
import sysconfig
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from ...seams import hub
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
            if hub.trace is not None:
                hub.trace.why_failed = "a test double verifies the sender, and would take anybody's word"
            return None
        return Strike(lambda _: unproven(request, variant or MISSING))


def verified_by_double() -> bool:
    """Whether a test has replaced what verifies the sender."""
    for module in list(sys.modules.values()):
        if not isinstance(module, ModuleType) or not _may_verify(module):
            continue
        values = list(vars(module).values())
        for owner in (module, *(one for one in values if _is_class_of(one, module))):
            if any(VERIFIES.search(name) and _is_double(value) for name, value in list(vars(owner).items())):
                return True
        if any(VERIFIES.search(name) for value in values for name in _overridden(value)):
            return True
    return False


def _may_verify(module: ModuleType) -> bool:
    """A library that verifies, or a module of the project's own that is no test."""
    if module.__name__.partition(".")[0] in LIBRARIES:
        return True
    file = vars(module).get("__file__")
    return isinstance(file, str) and not file.startswith(INSTALLED) and not _is_test(file)


def _is_test(file: str) -> bool:
    stem = Path(file).stem
    return stem.startswith(("test_", "conftest")) or stem.endswith("_test")


# A module's values may be proxies, which answer any question with an error: only their own types are asked.
def _is_class_of(value: Any, module: ModuleType) -> bool:
    package = module.__name__.partition(".")[0]
    return issubclass(type(value), type) and str(vars(value).get("__module__")).partition(".")[0] == package


def _is_double(value: Any) -> bool:
    """A mock, or a function that a test has written."""
    if type(value) in (staticmethod, classmethod):
        value = value.__func__
    if any(cls.__name__ == "NonCallableMock" for cls in type(value).__mro__):
        return True
    return type(value) is FunctionType and _is_test(value.__code__.co_filename)


def _overridden(value: Any) -> list[str]:
    """The dependencies of a FastAPI application that were replaced, by name."""
    if not any(cls.__name__ == "FastAPI" for cls in type(value).__mro__):
        return []
    return [getattr(function, "__qualname__", "") for function in value.dependency_overrides]


DRIVER = IncomingDriver()
