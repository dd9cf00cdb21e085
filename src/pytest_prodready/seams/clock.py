"""The clock: who in source reads it, and a time that is another, by freezegun; only in runs of our own.

The clock is C, and its names are bound all over a project: nothing can listen to it in the ordinary run without changing that
run. A test whose source may read it runs once more with freezegun at the time that it is, and who asks freezegun asks `Wall`.
"""

from __future__ import annotations

import ast
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from ..trace import Call
from . import hub

SEAM = "clock"
EPOCH = datetime(1970, 1, 1)  # this object stays what it is: freezegun replaces the name
#: Clocks that only go forward, whatever the date is.
STEADY = ("monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns")
#: As the interpreter made them: freezegun remembers what it finds when it is imported.
REAL = {name: getattr(time, name) for name in (*STEADY, "time", "time_ns", "localtime", "gmtime", "strftime")}
#: Libraries that read the clock for who asks them to.
FOR_OTHERS = ("django.utils.timezone", "django.db.models", "pendulum", "arrow")
#: A run that reads the clock more often does so in a loop: the rest is not written down.
MOST = 500

#: To parse a file takes its time, and few have any of these.
WORTH_A_LOOK = re.compile(
    r"\.\s*(?:now|utcnow|today|localdate|localtime|gmtime|time_ns)\b|^\s*import\b.*\btime\b|^\s*from\s+time\s+import\b",
    re.M,
)
READS = frozenset({"now", "utcnow", "today", "localdate", "localtime", "gmtime", "time_ns"})
OF_TIME = frozenset({"time", "time_ns", "localtime", "gmtime", "strftime"})


class Wall:
    """What the clock on the wall says: the real time, what passed of virtual time, and how far a fault has moved it.

    Args:
        passed: seconds of virtual time that have passed.
    """

    def __init__(self, passed: Callable[[], float]) -> None:
        self._passed = passed
        self._moved = 0.0
        self._noted = 0
        self._asked: set[Any] = set()  # entries that have read it, and the lines of source that have in each

    def seconds(self) -> float:
        """Since 1970, in UTC."""
        return float(REAL["time"]()) + self._passed() + self._moved

    def move_to(self, seconds: float) -> None:
        self._moved += seconds - self.seconds()

    def move_by(self, seconds: float) -> None:
        self._moved += seconds

    def __call__(self) -> datetime:
        """freezegun asks, whatever source asked it for."""
        frame = _asking(sys._getframe(1))
        if frame is None or self._noted >= MOST or not _is_source(frame):
            return self.moment()
        self._noted += 1
        return hub.around(lambda: self._described(frame), self, self.moment)  # type: ignore[no-any-return]

    def moment(self) -> datetime:
        return EPOCH + timedelta(seconds=self.seconds())

    def _described(self, frame: FrameType) -> Call:
        """A first reading in an entry is `now`, one after it `later`, and `again` on a line that has read it before."""
        entry = hub.current_entry()
        line = entry, frame.f_code.co_filename, frame.f_lineno
        kind = "again" if line in self._asked else "later" if (entry,) in self._asked else "now"
        self._asked |= {line, (entry,)}
        return Call(SEAM, "clock", kind, "now again" if kind == "again" else "now", target="clock")


def _asking(frame: FrameType | None) -> FrameType | None:
    """Who wants to know the time, behind freezegun and what reads the clock for others."""
    api = sys.modules["freezegun.api"].__file__
    while frame is not None and (
        frame.f_code.co_filename == api or str(frame.f_globals.get("__name__")).startswith(FOR_OTHERS)
    ):
        frame = frame.f_back
    return frame


def _is_source(frame: FrameType) -> bool:
    return hub.sources is not None and hub.sources.classify(frame.f_code.co_filename)[0] == "source"


def _travelling() -> bool:
    """Whether the test has another time by time-machine."""
    return bool(getattr(sys.modules.get("time_machine"), "traveller_stack", None))


@contextmanager
def frozen(passed: Callable[[], float]) -> Iterator[None]:
    """Within this block freezegun tells the time, and `Wall` tells freezegun. A time that a test has set itself is kept.

    Args:
        passed: see `Wall`.
    """
    api = freezegun_api()
    if api.freeze_factories or _travelling():
        yield
        return
    kept = {name: getattr(time, name) for name in REAL}
    freezer = api.freeze_time("2000-01-01")
    freezer.start()
    api.freeze_factories[-1] = Wall(passed)
    api.ignore_lists[-1] = ()  # no part of the process has another date: source runs in threads too
    steady = [REAL[name] for name in STEADY]
    for owner, name, value in freezer.undo_changes:
        if any(value is one for one in steady):
            setattr(owner, name, value)
    for name in STEADY:
        setattr(time, name, kept[name])
    _adapt(api)
    try:
        yield
    finally:
        freezer.stop()
        for name, value in kept.items():
            setattr(time, name, value)


def freezegun_api() -> Any:
    """freezegun, imported when it is first needed."""
    if "freezegun.api" not in sys.modules:
        now = {name: getattr(time, name) for name in REAL}
        for name, value in REAL.items():
            setattr(time, name, value)
        try:
            import freezegun.api  # noqa: F401
        finally:
            for name, value in now.items():
                setattr(time, name, value)
    return sys.modules["freezegun.api"]


def _adapt(api: Any) -> None:
    """sqlite3 looks adapters up by class: source's own for dates are meant for freezegun's dates too."""
    sqlite3 = sys.modules.get("sqlite3")
    if sqlite3 is None:
        return
    for real, fake in ((api.real_date, api.FakeDate), (api.real_datetime, api.FakeDatetime)):
        with suppress(AttributeError, KeyError):
            sqlite3.adapters[fake, sqlite3.PrepareProtocol] = sqlite3.adapters[real, sqlite3.PrepareProtocol]


def is_read_in(files: Iterable[Path]) -> bool:
    """Whether any of these files may read the clock."""
    return any(_reads(path) for path in files)


def _reads(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        if WORTH_A_LOOK.search(text) is None:
            return False
        nodes = list(ast.walk(ast.parse(text)))
    except (OSError, SyntaxError, ValueError):
        return False
    names = {a.asname or a.name for n in nodes if isinstance(n, ast.Import) for a in n.names if a.name == "time"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in READS)
        or (isinstance(node, ast.Attribute) and node.attr in OF_TIME and getattr(node.value, "id", None) in names)
        or (isinstance(node, ast.ImportFrom) and node.module == "time" and any(a.name in OF_TIME for a in node.names))
        for node in nodes
    )
