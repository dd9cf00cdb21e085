"""A day of the calendar that nobody thought of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...trace import Entry, ErrorInfo
from ...verdicts import Objection
from .. import View
from ..errors.escaped_exception import EscapedException

WHEN = {
    "clock.leap-day": "on 29 February",
    "clock.month-end": "on the 31st of a month",
    "clock.year-end": "on 31 December",
    "clock.dst-gap": "on the day on which clocks go forward",
    "clock.dst-fold": "on the day on which clocks go back",
    "clock.after-2038": "after 19 January 2038",
    "clock.jump-back": "when the clock was set back",
}


class CalendarError(EscapedException):
    """As `escaped-exception` judges a failure, this judges a time: the boundaries and their guards are the same."""

    name = "calendar-error"
    pillar = "integrity"
    cwe = 682
    clock = True
    summary = "on a special day of the calendar, or with a clock that goes back, an exception that source did not decide on leaves the entry"
    why = "It works for months, and one morning every customer gets an error, until the day is over."
    fix = (
        "Reckon with `timedelta`, `dateutil.relativedelta` or `calendar.monthrange` instead of replacing fields of a "
        "date, keep times in UTC, and measure durations with `time.monotonic`."
    )
    bad = "return today.replace(month=today.month + 1)"
    good = """year, month = divmod(today.year * 12 + today.month, 12)
last = calendar.monthrange(year, month + 1)[1]
return today.replace(year=year, month=month + 1, day=min(today.day, last))"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return fault.startswith("clock.")

    def judge(self, view: View) -> Iterator[Objection]:
        if not self.concerns(view.call.effect, view.fault):
            return
        # what one request writes down today, a later one of the test reckons with
        for entry in view.trace.entries[view.entry.number :]:
            error = entry.error
            if error is not None and self.foreign(error) and not self.usual(view.control.entries, entry, error):
                yield from super().judge(replace(view, entry=entry))
                return
        error = view.trace.error  # left a direct call that makes no call of its own
        if error is not None and error.site is not None and self.foreign(error) and not self.inner_layer(view):
            yield self._escaped(view, error, f"{error.name} left {error.site.function}()", "")

    def _escaped(self, view: View, error: ErrorInfo, message: str, handler: str, level: str | None = None) -> Objection:
        assert view.call.site is not None
        site = error.site or view.call.site  # what reckons is what is to be changed, whoever calls it
        when, text = WHEN.get(view.fault, "at another time"), " ".join(error.text.split())
        return self.against(
            view.call, f"{error.name} in {site.function}() {when}: {text}", "calendar", f"{site.function} in {site.file}", level,
            exception=error.name, text=error.text, entry=view.entry.label, outcome=message,
            raised_at=f"{site.file}:{site.line}",
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def usual(control: Iterable[Entry], entry: Entry, error: ErrorInfo) -> bool:
        """The test is about that exception: it comes today as well."""
        return any(e.label == entry.label and e.error is not None and e.error.name == error.name for e in control)

    @staticmethod
    def doubtful(view: View) -> bool:
        """Nobody above catches what a calendar throws: where no entry shows that, it is an error."""
        return False
