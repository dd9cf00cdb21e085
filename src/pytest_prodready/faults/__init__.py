"""What can go wrong: one module per family, and in `drivers` how each library shows it.

A `Fault` says what happens in the words of DESIGN section 4. A `Driver` gives it the form that one library has for it:
the exception with its arguments, attributes and cause chain, and the state that it leaves behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from ..observation import Sighting
from ..seams.hub import Strike
from ..trace import Call

__all__ = ["DatabaseDriver", "Driver", "Fault", "Faults", "Strike", "built_in_drivers", "built_in_faults"]

FAMILIES = (
    "pytest_prodready.faults.db",
    "pytest_prodready.faults.http",
    "pytest_prodready.faults.reply",
    "pytest_prodready.faults.payment",
    "pytest_prodready.faults.mail",
    "pytest_prodready.faults.cache",
    "pytest_prodready.faults.file",
    "pytest_prodready.faults.clock",
)
DRIVERS = (
    "pytest_prodready.faults.drivers.sqlite",
    "pytest_prodready.faults.drivers.psycopg",
    "pytest_prodready.faults.drivers.psycopg2",
    "pytest_prodready.faults.drivers.asyncpg",
    "pytest_prodready.faults.drivers.pymysql",
    "pytest_prodready.faults.drivers.mysqlclient",
    "pytest_prodready.faults.drivers.redis",
    "pytest_prodready.faults.drivers.requests",
    "pytest_prodready.faults.drivers.niquests",
    "pytest_prodready.faults.drivers.httpx",
    "pytest_prodready.faults.drivers.aiohttp_client",
    "pytest_prodready.faults.drivers.botocore",
    "pytest_prodready.faults.drivers.urllib3",
    "pytest_prodready.faults.drivers.urllib",
    "pytest_prodready.faults.drivers.http_client",
    "pytest_prodready.faults.drivers.smtp",
    "pytest_prodready.faults.drivers.files",
    "pytest_prodready.faults.drivers.incoming",
    "pytest_prodready.faults.drivers.clock",
)


def _one(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return [""]


@dataclass(frozen=True)
class Fault:
    """A named way in which a call fails.

    Attributes:
        name: `family.what`, fixed by DESIGN section 4.
        summary: one line for people: what happens.
        why: why it happens in production; for the reference.
        kinds: the kinds of call that it can strike.
        order: place in DESIGN section 3's list, from 1; 10 for the rest.
        outage: this and all later calls to the same target, instead of this call only.
        after: strikes after the effect: the work was done, the answer was lost.
        variants: the different forms for one point (the fields of a reply); `words` tells whether a name
            occurs as a word in source. An empty list says that the fault does not apply to the point.
        order_for: gives the place where it depends on the call.
        stands_for: the fault that this one is, where it applies: that one is not tried there.
        repeats: the request comes once more after it was answered.
        harmless: a variant that is no trouble: an entry that fails under it too says nothing about the fault.
    """

    name: str
    summary: str
    why: str
    kinds: frozenset[str]
    order: int
    outage: bool = False
    after: bool = False
    variants: Callable[[Sighting, Callable[[str], bool]], list[str]] = _one

    order_for: Callable[[Sighting], int] | None = None
    stands_for: str = ""
    repeats: bool = False
    harmless: str | None = None

    @property
    def family(self) -> str:
        return self.name.split(".")[0]

    def order_at(self, sighting: Sighting) -> int:
        return self.order if self.order_for is None else self.order_for(sighting)


class Clock(Protocol):
    """Virtual time, in seconds."""

    def advance(self, seconds: float) -> None: ...


class Driver(Protocol):
    """How one library fails."""

    @property
    def seams(self) -> frozenset[str]:
        """The seams (names) whose calls this driver fails."""
        ...

    def form(self, fault: Fault, kind: str) -> str | None:
        """The library's own name for the fault in a call of this kind; None where it has no such failure.

        Forms that coincide are planned once.
        """
        ...

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        """Fail one call. `live` is what the seam handed over: the connection, the request."""
        ...


@runtime_checkable
class DatabaseDriver(Driver, Protocol):
    """How a database fails."""

    def syntax_error(self, statement: str) -> BaseException:
        """What it raises for a statement that is none: one that input has changed is never sent."""
        ...


class Faults:
    """All faults and drivers of a session."""

    def __init__(self, faults: Iterable[Fault], drivers: Iterable[Driver]) -> None:
        self.by_name: Mapping[str, Fault] = {fault.name: fault for fault in faults}
        self._drivers = {seam: driver for driver in drivers for seam in driver.seams}

    def driver(self, seam: str) -> Driver | None:
        return self._drivers.get(seam)

    def for_call(self, seam: str, kind: str, wanted: Callable[[str], bool] = lambda name: True) -> list[Fault]:
        """The wanted faults that a call of this seam and kind can meet, each form once, in DESIGN's order."""
        driver = self.driver(seam)
        if driver is None:
            return []
        forms: dict[str, Fault] = {}
        for fault in sorted(self.by_name.values(), key=lambda f: f.order):
            if kind in fault.kinds and wanted(fault.name):
                form = driver.form(fault, kind)
                if form is not None:
                    forms.setdefault(form, fault)
        return list(forms.values())


def built_in_faults() -> list[Fault]:
    return [fault for name in FAMILIES for fault in import_module(name).FAULTS]


def built_in_drivers() -> list[Driver]:
    return [driver for name in DRIVERS for driver in _drivers(import_module(name))]


def _drivers(module: ModuleType) -> list[Driver]:
    """A library whose seams fail in different ways has several."""
    several: list[Driver] | None = getattr(module, "DRIVERS", None)
    return [module.DRIVER] if several is None else several
