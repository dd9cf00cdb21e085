"""The calendar: the family `clock` of DESIGN section 4. A moment is that of one reading, and all later ones go on from there."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ..observation import Sighting
from . import Fault

#: A day without anything special. What fails on it too does not fail for the calendar's sake.
ORDINARY = "an ordinary day"
LAST_DAY = "day 366"
FIRST = frozenset({"now", "later"})
SECOND = frozenset({"later", "again"})
#: How far `jump-back` goes, in seconds: further than a request takes, and not so far that waiting for it is a hang.
BACK = 5.0
#: Zones whose clocks change, for source that names none.
USUAL_ZONES = ("America/New_York", "Europe/Berlin")
#: Words of source that knows zones.
ZONES = ("ZoneInfo", "zoneinfo", "pytz", "gettz", "tzlocal", "get_localzone")
#: How many zones that source names are tried.
MOST = 2


def moment(fault: str, variant: str, now: datetime) -> datetime:
    """When the fault happens, in UTC: the next time after `now` that there is.

    Args:
        fault: its name; `clock.jump-back` has no moment of its own.
        variant: see `FAULTS`; ORDINARY for a day soon after it on which nothing happens.
        now: in UTC.
    """
    if variant == ORDINARY:
        return _ordinary(fault, now)
    leap_years = (year for year in range(now.year, now.year + 10) if calendar.isleap(year))
    if fault == "clock.leap-day":
        return _first(now, (datetime(year, 2, 29, 12, tzinfo=UTC) for year in leap_years))
    if fault == "clock.month-end":
        return _first(now, (datetime(year, 1, 31, 12, tzinfo=UTC) for year in (now.year, now.year + 1)))
    if fault == "clock.year-end":
        zone = ZoneInfo(variant) if variant not in ("", LAST_DAY) else UTC
        years = leap_years if variant == LAST_DAY else (now.year, now.year + 1)
        return _first(now, (datetime(year, 12, 31, 23, 59, 59, tzinfo=zone) for year in years))
    if fault == "clock.after-2038":
        return datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
    changes = _changes(variant, now.date())
    assert changes is not None, f"{variant} has no daylight saving time"
    forward, back = changes
    # half past two, which does not exist on the one day and comes twice on the other
    return forward + timedelta(minutes=30) if fault == "clock.dst-gap" else back - timedelta(minutes=30)


def _first(now: datetime, moments: Iterable[datetime]) -> datetime:
    return next(one for one in moments if one > now)


def _ordinary(fault: str, now: datetime) -> datetime:
    """Noon in the middle of June, where every month around has its usual number of days.

    It is after the moment of the fault, since what is out of date by then is so on it too; but before 2038.
    """
    if fault == "clock.after-2038":
        return datetime(2037, 6, 15, 12, tzinfo=UTC)
    variant = USUAL_ZONES[0] if fault.startswith("clock.dst-") else ""
    after = moment(fault, variant, now)
    return _first(after, (datetime(year, 6, 15, 12, tzinfo=UTC) for year in (after.year, after.year + 1)))


@cache
def _changes(name: str, today: date) -> tuple[datetime, datetime] | None:
    """When the clocks of a zone next go forward, and when back; None where they never do."""
    zone = ZoneInfo(name)
    found: dict[bool, datetime] = {}
    hour = datetime.combine(today, time(), UTC) + timedelta(days=1)
    for _ in range(370 * 24):
        later = hour + timedelta(hours=1)
        before, after = (one.astimezone(zone).utcoffset() or timedelta() for one in (hour, later))
        if before != after:
            found.setdefault(after > before, later)
        hour = later
    return (found[True], found[False]) if len(found) == 2 else None


def _in_zones(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """The zones of source whose clocks change."""
    named = _named(words)
    if not named and any(words(word) for word in ZONES):
        named = [name for name in USUAL_ZONES if name in _all_zones()]
    today = datetime.now(UTC).date()
    return [name for name in named if _changes(name, today) is not None][:MOST]


def _in_utc_and_zones(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return ["", *_named(words)[:MOST], LAST_DAY]


def _named(words: Callable[[str], bool]) -> list[str]:
    return [name for name, parts in _all_zones().items() if all(words(part) for part in parts)]


@cache
def _all_zones() -> dict[str, list[str]]:
    """The words of each zone's name."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return {name: re.findall(r"\w+", name) for name in names}


FAULTS = [
    Fault(
        "clock.leap-day",
        "it is 29 February",
        "it comes every four years, between two releases",
        FIRST,
        5,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.month-end",
        "it is 31 January: the next month has no such day",
        "five months are followed by a shorter one",
        FIRST,
        5,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.year-end",
        "it is the last second of the year, of a usual one and of one with 366 days",
        "there is no month 13, and no hour 24",
        FIRST,
        5,
        variants=_in_utc_and_zones,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.dst-gap",
        "clocks have just gone forward: an hour of this day does not exist",
        "it happens every spring, in zones that your users live in",
        FIRST,
        5,
        variants=_in_zones,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.dst-fold",
        "clocks are about to go back: this hour comes twice",
        "it happens every autumn, in zones that your users live in",
        FIRST,
        5,
        variants=_in_zones,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.after-2038",
        "it is 2038-01-19 03:14:08 UTC: seconds since 1970 do not fit into 32 bits",
        "what ends in the far future is reckoned with today",
        FIRST,
        5,
        harmless=ORDINARY,
    ),
    Fault(
        "clock.jump-back",
        "the clock goes back by five seconds between two readings",
        "NTP sets it right, a virtual machine wakes up",
        SECOND,
        5,
    ),
]
