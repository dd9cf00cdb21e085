"""Findings, probes and readiness: everything that a report shows, worked out once."""

from __future__ import annotations

import hashlib
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..trace import Point, Site
from ..verdicts import ERROR, Objection, TrialResult

PILLARS = ("errors", "security", "performance", "dependencies", "integrity")
LOST = 0.05  # of a pillar's points: more, and it is inconclusive (DESIGN section 1)


@dataclass(frozen=True)
class CheckInfo:
    """What a report needs to know of a check."""

    name: str
    pillar: str | None
    cwe: int | None


@dataclass(frozen=True)
class Waived:
    """The decision to live with a finding: `where` it is written, who (`by`) approved it, and its last day."""

    reason: str
    by: str | None
    until: str | None
    where: str


@dataclass
class FindingSite:
    site: Site
    entry: str
    operation: str
    faults: list[str] = field(default_factory=list)
    trials: list[str] = field(default_factory=list)
    attacks: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)  # the attacked leaves


@dataclass
class Finding:
    """One (check, family, missing handler), with all its sites."""

    check: CheckInfo
    level: str
    family: str
    handler: str
    message: str
    fix: str
    sites: list[FindingSite]
    test: str
    evidence: dict[str, Any]
    tests: list[str] = field(default_factory=list)  # every test in which it showed
    number: int = 1  # of several with the same site, operation and family that lack different handlers
    options: tuple[str, ...] = ()  # of the command line, without which the trial would be another
    waived: Waived | None = None
    known: bool = False  # from the baseline

    @property
    def site(self) -> Site:
        return self.sites[0].site

    @property
    def place(self) -> str:
        """File and line; of what has no place in the source, those where it is declared."""
        if self.site.file:
            return f"{self.site.file}:{self.site.line}"
        return str(self.evidence.get("declared", self.handler))

    @property
    def id(self) -> str:
        own = self._id_by(self.sites[0])
        return own if self.number == 1 else f"{own}-{self.number}"

    @property
    def ids(self) -> frozenset[str]:
        """Those that it had if another of its sites were the first, without numbers."""
        return frozenset(self._id_by(one) for one in self.sites)

    def _id_by(self, one: FindingSite) -> str:
        key = (self.check.name, one.site.file, one.site.function, one.operation, self.family)
        return "f-" + hashlib.sha256("\0".join(key).encode()).hexdigest()[:8]

    @property
    def first_trial(self) -> str | None:
        return next((trial for site in self.sites for trial in site.trials), None)

    @property
    def faults(self) -> list[str]:
        return list(dict.fromkeys(fault for site in self.sites for fault in (*site.faults, *site.attacks)))

    @property
    def reproduce(self) -> str:
        if not self.test:
            return shlex.join(["pytest", "--prodready", *self.options])
        trial = self.first_trial
        option = f"--prodready-trial={trial}" if trial else f"--prodready-finding={self.id}"
        return shlex.join(["pytest", self.test, option, *self.options])


@dataclass(frozen=True)
class Probe:
    """One thing that a pillar checked. `state` is `handled`, `failed`, `untried`, or `waived`: neither of them."""

    pillar: str
    file: str
    line: int
    state: str
    missing: tuple[str, ...] = ()  # the faults, or the check, for which the line is not ready


@dataclass
class Counts:
    probes: int = 0
    failed: int = 0
    untried: int = 0
    waived: int = 0

    @property
    def percent(self) -> float | None:
        return None if not self.probes else 100.0 * (self.probes - self.failed) / self.probes

    def add(self, probe: Probe) -> None:
        self.probes += probe.state in ("handled", "failed")
        self.failed += probe.state == "failed"
        self.untried += probe.state == "untried"
        self.waived += probe.state == "waived"


@dataclass
class Pillar:
    status: str
    counts: Counts
    reason: str | None = None


@dataclass
class FileRow:
    counts: Counts = field(default_factory=Counts)
    missing: dict[int, list[str]] = field(default_factory=dict)


@dataclass
class Report:
    """All of one run.

    Attributes:
        notes: what was skipped, lost or could not be seen, one sentence each.
    """

    version: str
    seed: int
    findings: list[Finding] = field(default_factory=list)
    trials: list[TrialResult] = field(default_factory=list)
    pillars: dict[str, Pillar] = field(default_factory=dict)
    files: dict[str, FileRow] = field(default_factory=dict)
    total: Counts = field(default_factory=Counts)
    seams: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    internal_errors: list[str] = field(default_factory=list)
    swept: bool = True

    @property
    def errors(self) -> list[Finding]:
        """What fails: of level error, not waived, and not known from the baseline."""
        return [f for f in self.standing if f.level == ERROR]

    @property
    def standing(self) -> list[Finding]:
        return [f for f in self.findings if f.waived is None and not f.known]


def trial_key(result: TrialResult) -> tuple[Any, ...]:
    """The same order however the trials were distributed."""
    spec = result.spec
    return (
        spec["wave"],
        spec["order"],
        spec["test"],
        str(spec["point"]),
        spec["fault"],
        spec["variant"],
        spec["occurrence"],
        result.id,
    )


class Member(NamedTuple):
    """One objection of a finding, and the trial that shows it."""

    objection: Objection
    trial: str
    fault: str
    test: str
    input: str = ""  # of an attack


def findings(
    checks: Mapping[str, CheckInfo],
    order: Mapping[str, int],
    results: Iterable[TrialResult],
    ordinary: Iterable[Objection],
    levels: Mapping[str, str],
    static_trials: Mapping[tuple[str, Point], tuple[str, str]],
    waived: Callable[[Objection], Waived | None] = lambda objection: None,
) -> list[Finding]:
    """Group objections: one missing handler is one finding. What is waived at some of its sites is another.

    Args:
        order: of the checks, for sorting.
        ordinary: what checks hold against ordinary runs; one is shown by the trial that `static_trials` has for its
            (check, point), as (trial id, fault).
        levels: the user's own levels of checks.
        waived: what waives an objection.
    """
    groups: dict[tuple[str, str, str, Waived | None], list[Member]] = {}
    shown = [
        Member(o, r.id, r.spec["fault"], r.spec["test"], r.spec["input"])
        for r in sorted(results, key=trial_key)
        for o in r.objections
    ]
    for objection in sorted(ordinary, key=lambda o: (o.site, o.operation, o.entry, o.test)):
        trial, fault = static_trials.get(
            (objection.check, Point(objection.site, objection.operation, objection.entry)), ("", "")
        )
        shown.append(Member(objection, trial, fault, objection.test))
    for one in shown:
        objection = one.objection
        key = (objection.check, objection.family, objection.handler, waived(objection))
        groups.setdefault(key, []).append(one)
    found = []
    for (check, _, _, waiver), members in groups.items():
        found.append(_finding(checks[check], members, levels))
        found[-1].waived = waiver
    found.sort(
        key=lambda f: (
            f.level != ERROR,
            PILLARS.index(f.check.pillar or ""),
            order[f.check.name],
            f.site,
            f.family,
            f.handler,
        )
    )
    return numbered(found)


def numbered(found: list[Finding]) -> list[Finding]:
    """The same, each with an id of its own."""
    seen: Counter[str] = Counter()
    for finding in sorted(found, key=lambda f: f.waived is not None):  # what is waived takes no number from another
        seen[finding.id] += 1
        finding.number = seen[finding.id]
    return found


def _finding(check: CheckInfo, members: list[Member], levels: Mapping[str, str]) -> Finding:
    worst = [m for m in members if m[0].level == ERROR] or members
    sites: dict[tuple[Site, str, str], FindingSite] = {}
    for objection, trial, fault, _, leaf in sorted(members, key=lambda m: m.objection.level != ERROR):
        key = (objection.site, objection.entry, objection.operation)
        site = sites.setdefault(key, FindingSite(objection.site, objection.entry, objection.operation))
        known = site.attacks if leaf else site.faults
        if fault and fault not in known:
            known.append(fault)
        if leaf and leaf not in site.inputs:
            site.inputs.append(leaf)
        if trial and trial not in site.trials:
            site.trials.append(trial)
    lead, test = worst[0].objection, worst[0].test
    return Finding(
        check, levels.get(check.name, lead.level), lead.family, lead.handler, lead.message, lead.fix, list(sites.values()), test,
        lead.evidence, sorted({m[3] for m in members}),
    )  # fmt: skip


def tally(report: Report, probes: Iterable[Probe]) -> None:
    """Fill in files and total from the probes."""
    for probe in probes:
        row = report.files.setdefault(probe.file, FileRow())
        row.counts.add(probe)
        report.total.add(probe)
        for name in probe.missing:
            names = row.missing.setdefault(probe.line, [])
            if name not in names:
                names.append(name)
    report.files = {name: report.files[name] for name in sorted(report.files)}
    for row in report.files.values():
        row.missing = {line: sorted(row.missing[line]) for line in sorted(row.missing)}
