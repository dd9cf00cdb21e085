"""Rules that read traces: one package per pillar, one module per check.

A check never runs anything. `look` reads the trace of an ordinary run, `judge` reads a trial beside its control run, and `survey`
reads what the project depends on.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import ClassVar

from ..project import Project
from ..trace import Attempt, Call, Entry, Point, Request, Site, Trace
from ..verdicts import ERROR, Objection

__all__ = [
    "Check",
    "Suite",
    "View",
    "address_of",
    "built_in",
    "family_of",
    "judge",
    "judges",
    "reads_runs",
    "succeeded",
    "surveyors",
    "unit_of",
    "wanted_by",
]

MODULES = (
    "pytest_prodready.checks.errors",
    "pytest_prodready.checks.security",
    "pytest_prodready.checks.performance",
    "pytest_prodready.checks.dependencies",
    "pytest_prodready.checks.integrity",
    "pytest_prodready.checks.stale_waiver",
)

#: Faults under which nothing fails: a provider says something else than usual, a webhook comes in another way.
ANSWERED = frozenset(
    f"payment.{name}"
    for name in (
        "pending",
        "requires-action",
        "amount-mismatch",
        "currency-mismatch",
        "unsigned-webhook",
        "duplicate-webhook",
    )
)


@dataclass(frozen=True)
class Suite:
    """What is known of the whole suite.

    Attributes:
        has_entries: whether any test drives an entry (a route, a command) rather than calling source directly.
        reached: sites that an observed entry reaches.
    """

    has_entries: bool = False
    reached: frozenset[Site] = field(default_factory=frozenset)


@dataclass(frozen=True)
class View:
    """One trial in which the fault fired, beside its control run.

    Attributes:
        fault: its name.
        call: the call that was struck.
        entry: the entry in which it was.
        control: the trace of the run without the fault; `control_entry` the same entry there.
        same: whether the entry's outcome equals the control run's.
        repeated: a control run in which the struck request is made again; None where it was not made again in the trial.
    """

    fault: str
    trace: Trace
    call: Call
    entry: Entry
    control: Trace
    control_entry: Entry | None
    same: bool
    suite: Suite
    repeated: Trace | None = None


class Check:
    """One rule.

    Class attributes:
        name: fixed by DESIGN section 5.
        pillar, cwe, level: as there; an empty pillar for none.
        summary: when it fails, in one line.
        why: what it costs in production.
        fix: what to do.
        of_lasting: whether it judges a fault that does not end where it ends in production: a lock that nobody lets go.
        bad, good: an example each.
        clock: it judges trials in which nothing failed and only the time was another, too.
        reads: what it reads of an ordinary run beside the calls: it is recorded only where a check asks for it. These are fields
            of `Trace`, `Entry` and `Call`: `blocking`, `hashed`, `makings`, `plan`, `secrets`, `written`. A check of
            another plugin gets all of them.
    """

    name: ClassVar[str]
    pillar: ClassVar[str]
    cwe: ClassVar[int | None]
    level: ClassVar[str] = ERROR
    of_lasting: ClassVar[bool] = False
    summary: ClassVar[str]
    why: ClassVar[str]
    fix: ClassVar[str]
    bad: ClassVar[str]
    good: ClassVar[str]
    clock: ClassVar[bool] = False
    reads: ClassVar[frozenset[str]] = frozenset()

    def look(self, trace: Trace) -> Iterable[Objection]:
        """What an ordinary run already shows."""
        return ()

    def looked_at(self, trace: Trace) -> Iterable[Call | Point]:
        """The calls or points of an ordinary run that `look` has checked: each is a probe."""
        return ()

    def unseen(self, trace: Trace) -> Iterable[tuple[Call, str]]:
        """The calls of an ordinary run that `look` could not check, and why: each is a probe that was lost."""
        return ()

    def judge(self, view: View) -> Iterable[Objection]:
        """What a trial shows."""
        return ()

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterable[Objection]:
        """What the attacked requests of this check's attack show.

        Args:
            attempts: those of one leaf, or of one request as a whole, in order.
            trace: of the run in which they were made, with the probes in its `attempts`.
        """
        return ()

    def survey(self, project: Project) -> Iterable[Objection]:
        """What the project's dependencies show, without any test."""
        return ()

    def surveyed(self, project: Project) -> Iterable[tuple[str, Site]]:
        """The distributions that `survey` has checked, each with the line that asks for it: each is a probe."""
        return ()

    def blind(self, project: Project) -> str | None:
        """Why `survey` could not look, and its silence says nothing."""
        return None

    def concerns(self, call_effect: bool, fault: str) -> bool:
        """Whether a trial can show anything to this check: if so, its point is one of the pillar's probes."""
        return type(self).judge is not Check.judge

    def against(
        self,
        call: Call,
        message: str,
        family: str,
        handler: str,
        level: str | None = None,
        **evidence: object,
    ) -> Objection:
        """An objection at the site of a call."""
        assert call.site is not None, "only calls from source are checked"
        assert call.entry is not None
        return Objection(
            self.name, level or self.level, call.site, call.entry.label, call.operation, family, handler, message,
            self.fix, dict(evidence),
        )  # fmt: skip

    def against_input(
        self, attempt: Attempt, site: Site, message: str, level: str | None = None, **evidence: object
    ) -> Objection:
        """An objection at the place that an attacked request got to."""
        entry = attempt.entry
        known = entry is not None and (entry.view is not None or entry.kind == "command")
        label = entry.label if entry is not None and known else "no route"
        handler = f"{site.function} in {site.file}"
        shown = {"input": attempt.leaf, "value": attempt.value, "request": told(attempt.request), **evidence}
        return Objection(
            self.name,
            level or self.level,
            site,
            label,
            f"receive {label}",
            self.name,
            handler,
            message,
            self.fix,
            shown,
        )

    def against_answer(self, entry: Entry, site: Site, message: str, **evidence: object) -> Objection:
        """An objection to what an ordinary request was answered."""
        handler = f"{site.function} in {site.file}"
        return Objection(
            self.name, self.level, site, entry.label, f"receive {entry.label}", self.name, handler, message, self.fix,
            dict(evidence),
        )  # fmt: skip


def told(request: Request) -> str:
    """A request in one line."""
    if request.is_command:
        return shlex.join(request.words) + (
            f" < {request.body[:300].decode('utf-8', 'replace')!r}" if request.body else ""
        )
    if request.is_call:
        return f"{request.path} {request.body[:300].decode('utf-8', 'replace')}"
    query = f"?{request.query}" if request.query else ""
    body = f" {request.body[:300].decode('utf-8', 'replace')!r}" if request.body else ""
    return f"{request.method} {request.path}{query}{body}"


def judge(checks: Iterable[Check], view: View) -> Iterator[Objection]:
    """All that the checks hold against a trial, in their order."""
    for check in checks:
        if judges(check, view.fault):
            yield from check.judge(view)


def judges(check: Check, fault: str) -> bool:
    """Whether it judges a trial with this fault: where only the time was another, nothing has failed."""
    return not fault.startswith("clock.") or check.clock


def reads_runs(check: Check) -> bool:
    """Whether an ordinary run says anything to it."""
    return type(check).look is not Check.look or type(check).looked_at is not Check.looked_at


def wanted_by(checks: Sequence[Check]) -> frozenset[str] | None:
    """What has to be recorded beside the calls (see `Check.reads`); None for all there is."""
    if not all(type(check).__module__.startswith(f"{__name__}.") for check in checks):
        return None
    return frozenset(what for check in checks for what in check.reads)


def surveyors(checks: Iterable[Check]) -> list[Check]:
    """The checks that read what a project depends on."""
    return [check for check in checks if type(check).surveyed is not Check.surveyed]


#: Root classes that a handler would name; the first one found in an exception's MRO is its family.
FAMILIES = {
    "sqlite3.Error": "sqlite3.Error",
    "sqlalchemy.exc.SQLAlchemyError": "sqlalchemy.exc.SQLAlchemyError",
    "django.db.utils.Error": "django.db.Error",
    "asyncpg.exceptions._base.PostgresError": "asyncpg.PostgresError",
    "requests.exceptions.RequestException": "requests.RequestException",
    "niquests.exceptions.RequestException": "niquests.RequestException",
    "httpx.HTTPError": "httpx.HTTPError",
    "httpx2.HTTPError": "httpx2.HTTPError",
    "smtplib.SMTPException": "smtplib.SMTPException",
    "json.decoder.JSONDecodeError": "malformed reply",
}
MALFORMED = frozenset(
    {
        "LookupError",
        "TypeError",
        "ValueError",
        "AttributeError",
        "AssertionError",
        "ArithmeticError",
        "UnboundLocalError",
    }
)


def family_of(mro: Iterable[str]) -> str:
    """The family of exceptions that one handler would cover."""
    mro = list(mro)
    for name in mro:
        if name in FAMILIES:
            return FAMILIES[name]
    if "." not in mro[0]:
        if "OSError" in mro:
            return "OSError"
        return "malformed reply" if MALFORMED.intersection(mro) else mro[0]
    package = mro[0].split(".")[0]
    return [name for name in mro if name.split(".")[0] == package][-1]


def unit_of(trace: Trace, entry: Entry) -> list[Call]:
    """The calls of the unit of work that `entry` is."""
    if entry.kind != "direct":
        return [c for c in trace.calls if c.entry is entry and c.phase == "call"]
    return [
        c for c in trace.calls if c.entry is not None and c.phase == "call" and c.entry.activation == entry.activation
    ]


def succeeded(calls: Iterable[Call]) -> list[Call]:
    """Those of the calls that changed something: a request that was refused did not."""
    return [c for c in calls if c.error is None and c.faulted is None and c.effect and (c.status or 0) < 400]


_PORT = re.compile(r"(?<=//)(localhost|127\.0\.0\.1|\[::1\]):[0-9]+")


def address_of(call: Call) -> str:
    """The URL of a request: that of a test's own server, whose port is another one in each run, without it."""
    return _PORT.sub(r"\1", call.statement)


def built_in() -> list[Check]:
    """The checks that come with the plugin, in DESIGN's order."""
    return [check for name in MODULES for check in import_module(name).CHECKS]
