"""When the faults of the clock happen, who is seen to read it, and what is left as it was."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_prodready.faults.clock import FAULTS, LAST_DAY, ORDINARY, moment
from pytest_prodready.observation import Sighting
from pytest_prodready.seams import hub
from pytest_prodready.seams.clock import Wall, frozen, is_read_in
from pytest_prodready.source import SourceMap
from pytest_prodready.sweep.clock import VirtualClock
from pytest_prodready.trace import Point, Site, Trace

NOW = datetime.datetime(2026, 11, 25, 9, 30, tzinfo=datetime.UTC)
SIGHTING = Sighting(Point(Site("app.py", 1, "f"), "now", "f"), "t", "clock", "clock", "now", "clock", False, "direct")


@pytest.mark.parametrize(
    ("fault", "variant", "when"),
    [
        ("clock.leap-day", "", "2028-02-29T12:00:00+00:00"),
        ("clock.month-end", "", "2027-01-31T12:00:00+00:00"),
        ("clock.year-end", "", "2026-12-31T23:59:59+00:00"),
        ("clock.year-end", LAST_DAY, "2028-12-31T23:59:59+00:00"),
        ("clock.year-end", "Asia/Tokyo", "2026-12-31T23:59:59+09:00"),
        ("clock.dst-gap", "Europe/Berlin", "2027-03-28T01:30:00+00:00"),
        ("clock.dst-fold", "America/New_York", "2027-11-07T05:30:00+00:00"),
        ("clock.after-2038", "", "2038-01-19T03:14:08+00:00"),
        ("clock.leap-day", ORDINARY, "2028-06-15T12:00:00+00:00"),
        ("clock.year-end", ORDINARY, "2027-06-15T12:00:00+00:00"),
        ("clock.dst-gap", ORDINARY, "2027-06-15T12:00:00+00:00"),
        ("clock.after-2038", ORDINARY, "2037-06-15T12:00:00+00:00"),
    ],
)
def test_moments(fault: str, variant: str, when: str) -> None:
    assert moment(fault, variant, NOW) == datetime.datetime.fromisoformat(when)


def test_a_moment_is_never_over() -> None:
    on_it = datetime.datetime(2028, 2, 29, 12, tzinfo=datetime.UTC)
    assert moment("clock.leap-day", "", on_it).year == 2032
    assert moment("clock.month-end", "", datetime.datetime(2027, 1, 31, 13, tzinfo=datetime.UTC)).year == 2028


@pytest.mark.parametrize(
    ("words", "zones"),
    [
        ("", []),
        ("ZoneInfo zone", ["America/New_York", "Europe/Berlin"]),
        ("ZoneInfo Asia Tokyo", []),
        ("ZoneInfo Australia Sydney", ["Australia/Sydney"]),
    ],
)
def test_zones(words: str, zones: list[str]) -> None:
    by_name = {fault.name: fault for fault in FAULTS}
    occurs: Callable[[str], bool] = words.split().__contains__
    for name in ("clock.dst-gap", "clock.dst-fold"):
        assert by_name[name].variants(SIGHTING, occurs) == zones


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("import datetime\nx = datetime.datetime.now()", True),
        ("from datetime import date as d\nx = d.today()", True),
        ("from time import time\nx = time()", True),
        ("import time as t\nx = t.time()", True),
        ("import time\nx = time.monotonic()", False),
        ("# what time is it now?\nx = 1", False),
        ("def f(event):\n    return event.time", False),
        ("x = (", False),
    ],
)
def test_who_may_read_it(source: str, reads: bool, tmp_path: Path) -> None:
    path = tmp_path / "app.py"
    path.write_text(source)
    assert is_read_in([path]) is reads


APP = """
import time
from datetime import date, datetime, timezone
from time import time as seconds


def read():
    return (
        date.today(),
        datetime.now(timezone.utc),
        seconds(),
        time.time(),
        time.gmtime(),
    )


def again():
    return [seconds() for _ in range(2)]
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    (tmp_path / "clockapp.py").write_text(APP)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(hub, "sources", SourceMap(tmp_path))
    monkeypatch.delitem(sys.modules, "clockapp", raising=False)
    import clockapp  # type: ignore[import-not-found]

    trace = Trace("t", phase="call")
    hub.start(trace)
    yield clockapp
    hub.stop()


def test_readings_are_seen(app: object) -> None:
    trace = hub.trace
    assert trace is not None
    with frozen(lambda: 0.0):
        today, now, seconds, of_module, gmtime = app.read()  # type: ignore[attr-defined]
        datetime.datetime.now()  # the test's own
    assert [call.kind for call in trace.calls] == ["now", "later", "later", "later", "later"]
    assert {call.site.function for call in trace.calls if call.site} == {"read"}
    assert abs(time.time() - seconds) < 5
    assert abs(seconds - of_module) < 5
    assert today == now.date() == datetime.date(*gmtime[:3])


def test_a_line_that_reads_again(app: object) -> None:
    trace = hub.trace
    assert trace is not None
    with frozen(lambda: 0.0):
        app.again()  # type: ignore[attr-defined]
    assert [(call.kind, call.operation) for call in trace.calls] == [("now", "now"), ("again", "now again")]


def test_the_time_goes_on_from_where_it_was_moved() -> None:
    passed = 0.0
    wall = Wall(lambda: passed)
    wall.move_to(1_000_000.0)
    passed = 30.0
    assert wall.seconds() == pytest.approx(1_000_030.0, abs=1)
    wall.move_by(-5)
    assert wall.seconds() == pytest.approx(1_000_025, abs=1)
    assert wall.moment().date() == datetime.date(1970, 1, 12)


def test_everything_is_put_back() -> None:
    names = ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "strftime")
    before = [getattr(time, name) for name in names], datetime.datetime, datetime.date
    steady = time.monotonic, time.perf_counter
    with frozen(lambda: 0.0):
        assert datetime.datetime is not before[1]
        assert (time.monotonic, time.perf_counter) == steady
    assert ([getattr(time, name) for name in names], datetime.datetime, datetime.date) == before


def test_virtual_time_moves_it() -> None:
    clock = VirtualClock(lambda filename: False)
    with frozen(lambda: clock.offset), clock.running(wall=False):
        before = datetime.datetime.now(datetime.UTC), time.time(), time.monotonic()
        time.sleep(3600)
        after = datetime.datetime.now(datetime.UTC), time.time(), time.monotonic()
    assert (after[0] - before[0]).total_seconds() == pytest.approx(3600, abs=1)
    assert after[1] - before[1] == pytest.approx(3600, abs=1)
    assert after[2] - before[2] == pytest.approx(3600, abs=1)


def test_nobody_sleeps_less_than_nothing() -> None:
    with VirtualClock(lambda filename: False).running(), pytest.raises(ValueError, match="must be non-negative"):
        time.sleep(-1)
