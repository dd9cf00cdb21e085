"""From results to probes, and from probes to pillars: what was checked, and what of it is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from .checks import Check, judges
from .report.model import LOST, PILLARS, Counts, Pillar, Probe
from .seams.vcr import RECORDED
from .settings import matches
from .sweep.plan import Plan
from .trace import Point, Site
from .verdicts import ERROR, Objection, TrialResult

NO_CHECKS = "this version has no checks for it"


#: Stands for a file where nothing in the project asks for a distribution.
ENVIRONMENT = "(environment)"


@dataclass
class Survey:
    """What the checks that read no trace found.

    Attributes:
        looked_at: (pillar, distribution) to the line that asks for it: each is a probe.
        against: the same to what was held against it, or against what only it needs.
        blind: pillar to what could not be seen, and why.
        notes: what else there is to say.
    """

    objections: list[Objection] = field(default_factory=list)
    looked_at: dict[tuple[str, str], Site] = field(default_factory=dict)
    against: dict[tuple[str, str], list[Objection]] = field(default_factory=dict)
    blind: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def probes(self, waived: Callable[[Objection], bool]) -> Iterator[Probe]:
        """A probe a distribution."""
        for key, site in sorted(self.looked_at.items()):
            errors = [o for o in self.against.get(key, ()) if o.level == ERROR]
            bad = tuple(sorted({o.check for o in errors if not waived(o)}))
            state = "failed" if bad else "waived" if errors else "handled"
            yield Probe(key[0], site.file or ENVIRONMENT, site.line, state, bad)


def probes_of(
    results: list[TrialResult],
    plan: Plan,
    checks: Sequence[Check],
    wanted: Callable[[str, str], bool],
    objections: Iterable[Objection],
    looked_at: Iterable[tuple[str, Point]],
    waived: Callable[[Objection], bool] = lambda objection: False,
) -> Iterator[Probe]:
    """What each pillar checked: its points, and what it looked at in ordinary runs.

    Args:
        wanted: whether a test's own marker leaves a check in: `wanted(check, test)`.
        objections: what checks hold against ordinary runs.
        looked_at: the (check, point) that they looked at.
        waived: whether an objection is waived: what only waived ones speak of is neither handled nor failed.
    """
    by_point: dict[Point, list[TrialResult]] = {}
    attacked: dict[tuple[Point, str], list[TrialResult]] = {}  # by view and leaf
    for result in results:
        if result.spec["input"]:
            attacked.setdefault((result.point, result.spec["input"]), []).append(result)
        elif result.outcome != "no-timeout":
            by_point.setdefault(result.point, []).append(result)
    effects = {r.point for r in results if r.spec["effect"]}
    effects |= {point for point, planned in plan.points.items() if planned.sighting.effect}
    clocks = {point for point, planned in plan.points.items() if planned.sighting.family == "clock"}
    paired = {r.point for r in results if r.spec["under"]}
    telling = ("only tests that fail reach it", RECORDED)
    unreached = {p: r for p, r in plan.out_of_reach.items() if r in telling}
    for pillar in dict.fromkeys(c.pillar for c in checks):
        mine = {c.name: c for c in checks if c.pillar == pillar}
        for point in sorted({*plan.points, *paired, *unreached}):
            concerned = [
                r
                for r in by_point.get(point, ())
                if any(
                    judges(c, r.spec["fault"])
                    and c.concerns(point in effects, r.spec["fault"])
                    and wanted(c.name, r.spec["test"])
                    for c in mine.values()
                )
                or any(o.check in mine for o in r.objections)
            ]
            family = "clock." if point in clocks else ""
            if not concerned and not any(
                judges(c, family) and c.concerns(point in effects, family) for c in mine.values()
            ):
                continue
            errors = [(r, o) for r in concerned for o in r.objections if o.level == ERROR and o.check in mine]
            bad = sorted({r.spec["fault"] for r, o in errors if not waived(o)})
            judged = {r.id for r in concerned if r.verdict in ("handled", "failed", "waived")}
            let_be = {r.id for r, _ in errors}
            state = "failed" if bad else "handled" if judged - let_be else "waived" if judged else "untried"
            yield Probe(pillar, point.site.file, point.site.line, state, tuple(bad))
        for (point, _), tried in sorted(attacked.items()):
            mine_here = [r for r in tried if r.spec["fault"] in mine]
            if mine_here:
                found = [o for r in mine_here for o in r.objections if o.level == ERROR]
                bad = sorted({o.check for o in found if not waived(o)})
                tried_at_all = any(r.verdict in ("handled", "failed", "waived") for r in mine_here)
                state = "failed" if bad else "waived" if found else "handled" if tried_at_all else "untried"
                yield Probe(pillar, point.site.file, point.site.line, state, tuple(bad))
        against: dict[tuple[str, Point], str] = {}
        for o in objections:
            if o.level == ERROR:
                key = o.check, Point(o.site, o.operation, o.entry)
                against[key] = "waived" if waived(o) and against.get(key) != "failed" else "failed"
        for name, point in sorted({(n, p) for n, p in looked_at if n in mine}):
            state = against.get((name, point), "handled")
            missing = (name,) if state == "failed" else ()
            yield Probe(pillar, point.site.file, point.site.line, state, missing)


def lost(
    unseen: Iterable[tuple[str, Point, str, str]], looked_at: Iterable[tuple[str, Point]], checks: Sequence[Check]
) -> Iterator[Probe]:
    """What checks could not look at in ordinary runs: a probe a point, and none that was passed."""
    pillars = {check.name: check.pillar for check in checks}
    for name, point in sorted({(name, point) for name, point, _, _ in unseen} - set(looked_at)):
        yield Probe(pillars[name], point.site.file, point.site.line, "untried")


def untold(unseen: Iterable[tuple[str, Point, str, str]]) -> list[str]:
    """The same in words: how many statements, and why."""
    statements: dict[tuple[str, str], set[str]] = {}
    for name, _, text, why in unseen:
        statements.setdefault((name, why), set()).add(text)
    return [
        f"{name}: {len(texts)} statement{'s were' if len(texts) > 1 else ' was'} not looked at: {why}"
        for (name, why), texts in sorted(statements.items())
    ]


def pillars_of(
    probes: list[Probe],
    known: Set[str],
    chosen: Set[str],
    select: Sequence[str],
    ignore: Sequence[str],
    blind: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Pillar]:
    """Whether each pillar was measured.

    Args:
        known: the pillars for which there are checks; `chosen` those of them that the user wants.
        select, ignore: the user's patterns.
        blind: pillar to what one of its checks could not see, and why.
    """
    found: dict[str, Pillar] = {}
    for name in PILLARS:
        counts = Counts()
        for probe in probes:
            if probe.pillar == name:
                counts.add(probe)
        if name not in known:
            narrowed = bool(select) and not matches([name], select)
            dropped = narrowed or matches([name], ignore)
            found[name] = Pillar("not-selected", counts) if dropped else Pillar("inconclusive", counts, NO_CHECKS)
        elif name not in chosen:
            found[name] = Pillar("not-selected", counts)
        elif name in blind:
            found[name] = Pillar("inconclusive", counts, blind[name])
        elif not counts.probes:
            what = (
                f"none of {counts.untried} points could be tried"
                if counts.untried
                else "all that was checked is waived"
                if counts.waived
                else "nothing to check was observed"
            )
            found[name] = Pillar("inconclusive", counts, what)
        elif counts.untried > LOST * (counts.probes + counts.untried):
            found[name] = Pillar(
                "inconclusive",
                counts,
                f"{counts.untried} of {counts.probes + counts.untried} points were lost",
            )
        else:
            found[name] = Pillar("measured", counts)
    return found


def reasons_of(results: list[TrialResult]) -> dict[str, int]:
    """Why trials ended without a verdict, and how many."""
    counts: dict[str, int] = {}
    for result in results:
        if result.verdict not in ("handled", "failed", "waived") and result.reason:
            counts[result.reason] = counts.get(result.reason, 0) + 1
    return counts
