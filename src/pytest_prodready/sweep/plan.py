"""Which trials are worth making: over all observations at once, and the same for every worker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from ..attacks import Attack
from ..attacks.leaves import leaves
from ..faults import Fault, Faults
from ..observation import Observation, Sighting, driven, request_from
from ..trace import Point, point_from
from .looks import Look

#: Faults that last as long as the caller's time-out: without one they would never end.
LASTING = frozenset({"http.read-timeout", "http.connect-timeout", "payment.charged-then-timeout", "mail.timeout"})
#: What is tried again in the hope that somebody else lets go of a lock; in a trial it lasts where retries were seen.
CONTENTION = ("db.locked", "db.deadlock", "db.serialization-failure")
#: The leaf of an attack on the request as a whole.
WHOLE = "request"
#: So many requests that read are made to see what was stored.
LOOKS = 8
#: How many other tests show whether a lost effect changes their answer too.
OTHER_TESTS = 2
#: Orders of DESIGN section 3 that wave 1 of a depth tries.
WAVE_1 = {"quick": 3, "standard": 6, "thorough": 10}


@dataclass(frozen=True)
class TrialSpec:
    """One re-run of one test with one fault at one point.

    `occurrence` counts the calls at the point from 1; `variant` is the field or shape of a reply, or empty. With
    `under` it is the second fault of a pair: its point appears only under the first. One that is `lasting` strikes every
    later call at the point too: how often is it tried again?
    """

    test: str
    point: Point
    fault: str
    variant: str
    occurrence: int
    wave: int
    order: int
    seam: str = ""
    direct: bool = False  # the entry is (or may be) code that the test calls itself
    effect: bool = False  # the call changes something outside
    under: TrialSpec | None = None
    lasting: bool = False
    input: str = ""  # of an attack, whose name stands for the fault's: the leaf

    @property
    def id(self) -> str:
        """The same wherever and whenever the trial is planned."""
        site = self.point.site
        key = (self.test, site.file, site.line, site.function, self.point.operation, self.point.entry, self.fault,
               self.variant, self.occurrence, *(["lasting"] if self.lasting else []))  # fmt: skip
        own = hashlib.sha256("\0".join(map(str, key)).encode()).hexdigest()[:10]
        return f"t-{own}" if self.under is None else f"{self.under.id}-{own}"

    @property
    def view_leaf(self) -> str:
        """What an attack is known by from one run to the next: the way in, the leaf, the attack."""
        return f"{self.point.entry} {self.input} {self.fault}"

    @property
    def of_clock(self) -> bool:
        """Whether it is a trial with another time."""
        return "clock" in (self.seam, self.under.seam if self.under is not None else "")

    @property
    def sort_key(self) -> tuple[Any, ...]:
        return (self.wave, self.order, self.test, self.point, self.fault, self.variant, self.occurrence)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TrialSpec:
        under = data.get("under")
        return cls(**{**data, "point": point_from(data["point"]), "under": under and cls.from_json(under)})


@dataclass
class PointPlan:
    """A point, the sighting it is tried in, and what can be tried."""

    sighting: Sighting
    others: list[Sighting] = field(default_factory=list)  # the point in other tests, cheapest first
    trials: dict[int, list[TrialSpec]] = field(default_factory=dict)  # by order
    extra: list[TrialSpec] = field(default_factory=list)  # other paths, the last of a loop
    elsewhere: list[TrialSpec] = field(default_factory=list)  # the same in other tests, for what has an effect


@dataclass(frozen=True)
class SiegePlan:
    """One re-run of one test in which one leaf of one request is attacked, by each attack of `specs`.

    `number` is that of the route or command in the test, or of the call of its function; `looks` are requests that read.
    `kind` is the way in (see `Request.kind`).
    """

    specs: list[TrialSpec]
    number: int
    pattern: str
    leaf: str
    looks: list[Look]
    kind: str = "route"


class Plan:
    """The points of a suite and their trials.

    Args:
        observations: of all tests, in any order.
        faults: the registry.
        depth: `quick`, `standard` or `thorough`.
        wants: whether a fault is wanted in a test: `wants(test, fault name)`.
        words: whether a name occurs as a word in source.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        faults: Faults,
        depth: str,
        wants: Callable[[str, str], bool],
        words: Callable[[str], bool],
    ) -> None:
        self.faults, self.depth, self._wants, self._words = faults, depth, wants, words
        self.observations = sorted(observations, key=lambda o: o.test)
        self.points: dict[Point, PointPlan] = {}
        self.out_of_reach: dict[Point, str] = {}
        self.endless: dict[Point, TrialSpec] = {}  # never run: the call has no time-out, so it would not end
        self._find_points()

    # ---------------------------------------------------------------------------------------------------- points
    def _find_points(self) -> None:
        sightings: dict[Point, list[tuple[int, Sighting]]] = {}
        reasons: dict[Point, str] = {}
        for observation in self.observations:
            for sighting in observation.sightings:
                if observation.unswept or not observation.passed:
                    reasons.setdefault(sighting.point, observation.unswept or "only tests that fail reach it")
                elif not sighting.occurrences:
                    reasons.setdefault(sighting.point, "the call already fails in the ordinary run")
                else:
                    sightings.setdefault(sighting.point, []).append((observation.calls, sighting))
        for point in sorted(sightings):
            cheapest = sorted(sightings[point], key=lambda pair: (pair[1].shows_tracebacks, pair[0], pair[1].test))
            ranked = [sighting for _, sighting in cheapest]
            plan = PointPlan(ranked[0], ranked[1:])
            self._fill(plan, ranked)
            if plan.trials:
                self.points[point] = plan
        self.out_of_reach = {p: r for p, r in sorted(reasons.items()) if p not in sightings}

    def _fill(self, plan: PointPlan, ranked: Sequence[Sighting]) -> None:
        first = plan.sighting
        wanted = lambda name: any(self._wants(s.test, name) for s in ranked)  # noqa: E731
        faults = self.faults.for_call(first.seam, first.kind, wanted)
        covered = {f.stands_for for f in faults if f.stands_for and any(f.variants(s, self._words) for s in ranked)}
        for fault in faults:
            if fault.name in covered:
                continue
            # the cheapest test in which the fault can apply
            for sighting in ranked:
                variants = fault.variants(sighting, self._words)
                if variants and self._wants(sighting.test, fault.name):
                    order = fault.order_at(sighting)
                    specs = [self._spec(sighting, fault, v, sighting.occurrences[0], order) for v in variants]
                    if sighting.waits_for_ever and fault.name in LASTING:
                        self.endless.setdefault(first.point, specs[0])
                        break
                    plan.trials.setdefault(order, []).extend(specs)
                    break
        if not plan.trials:
            return
        order = min(plan.trials)
        lead = plan.trials[order][0]
        fault = self.faults.by_name[lead.fault]
        seen_paths = {first.paths[0]} if first.paths else set()
        for sighting in ranked:
            if not self._wants(sighting.test, fault.name):
                continue
            for path, occurrence in zip(sighting.paths, sighting.path_occurrences, strict=True):
                if path not in seen_paths:
                    seen_paths.add(path)
                    plan.extra.append(self._spec(sighting, fault, lead.variant, occurrence, order, wave=2))
        if first.effect:
            others = [s for s in ranked[1:] if self._wants(s.test, fault.name)][:OTHER_TESTS]
            plan.elsewhere = [self._spec(s, fault, lead.variant, s.occurrences[0], order, wave=2) for s in others]
        several = next((s for s in ranked if len(s.occurrences) > 1 and self._wants(s.test, fault.name)), None)
        if first.effect and several is not None:
            last = self._spec(several, fault, lead.variant, several.occurrences[-1], order, wave=2)
            if all(last.id != other.id for other in plan.extra):
                plan.extra.append(last)

    @staticmethod
    def _spec(sighting: Sighting, fault: Fault, variant: str, occurrence: int, order: int, wave: int = 1) -> TrialSpec:
        return TrialSpec(
            sighting.test,
            sighting.point,
            fault.name,
            variant,
            occurrence,
            wave,
            order,
            sighting.seam,
            sighting.entry_kind in ("direct", "declared", "command"),
            sighting.effect,
        )

    # ----------------------------------------------------------------------------------------------------- waves
    def wave_1(self) -> Iterator[list[TrialSpec]]:
        """Rounds, most telling first; a point that failed in one is left out of the next by whoever runs them.

        A point for which only later faults are wanted begins with the first of those.
        """
        limit = WAVE_1[self.depth]
        rounds: dict[int, list[TrialSpec]] = {}
        for plan in self.points.values():
            for order, specs in plan.trials.items():
                if order <= limit or order == min(plan.trials):
                    rounds.setdefault(order, []).extend(specs)
        for order in sorted(rounds):
            yield sorted(rounds[order], key=lambda s: s.sort_key)

    def wave_2(
        self,
        handled: Callable[[Point], bool],
        retried: Callable[[Point], bool],
        degraded: Callable[[Point], bool],
    ) -> Iterator[list[TrialSpec]]:
        """What wave 1 found handled, further.

        Args:
            handled: whether a point was handled, and did not fail.
            retried: whether the call was made again after a fault.
            degraded: whether another answer was given: in another test it may be the ordinary one.
        """
        if self.depth == "quick":
            return
        limit = WAVE_1[self.depth]
        points = [point for point in self.points if handled(point)]
        yield sorted((spec for p in points for spec in self.points[p].extra), key=lambda s: s.sort_key)
        elsewhere = (spec for p in points if degraded(p) for spec in self.points[p].elsewhere)
        yield sorted(elsewhere, key=lambda s: s.sort_key)
        for order in (8, 9):
            if order <= limit:
                continue
            specs = [
                replace(s, wave=2)
                for p in points
                if order == 8 or retried(p)
                for s in self.points[p].trials.get(order, ())
            ]
            if order == 9:
                specs += [found for p in points if retried(p) and (found := self._contended(p)) is not None]
            yield sorted(specs, key=lambda s: s.sort_key)

    def _contended(self, point: Point) -> TrialSpec | None:
        """A lock that nobody lets go, at a point of a database that is tried again."""
        specs = [spec for specs in self.points[point].trials.values() for spec in specs if spec.fault in CONTENTION]
        return replace(specs[0], wave=2, order=9, lasting=True) if specs else None

    def pairs(self, first: TrialSpec, found: Observation) -> Iterator[TrialSpec]:
        """A second fault for each point that appears only under the first: what a fallback does when it fails too.

        Args:
            found: what the trial of `first` did.
        """
        for sighting in found.sightings:
            point = sighting.point
            if point in self.points or point in self.out_of_reach or point == first.point or not sighting.occurrences:
                continue
            wanted = lambda name: self._wants(first.test, name)  # noqa: E731
            faults = [
                (fault.order_at(sighting), number, fault)
                for number, fault in enumerate(self.faults.for_call(sighting.seam, sighting.kind, wanted))
                if not (sighting.waits_for_ever and fault.name in LASTING) and fault.variants(sighting, self._words)
            ]
            if faults:
                order, _, fault = min(faults)
                variant = fault.variants(sighting, self._words)[0]
                yield replace(self._spec(sighting, fault, variant, sighting.occurrences[0], order, 2), under=first)

    # --------------------------------------------------------------------------------------------------- attacks
    def sieges(self, attacks: Sequence[Attack]) -> Iterator[SiegePlan]:
        """Each leaf of each view, in the cheapest test that asks it and is served.

        Args:
            attacks: those that are wanted.
        """
        arriving: dict[Point, list[tuple[int, Sighting]]] = {}
        for observation in self.observations:
            for sighting in observation.sightings:
                if sighting.request is not None and observation.passed and not observation.unswept:
                    arriving.setdefault(sighting.point, []).append((observation.calls, sighting))
        ranked = {
            # one that is refused anyway shows little
            point: [s for _, s in sorted(found, key=lambda one: (not one[1].occurrences, one[0], one[1].test))]
            for point, found in sorted(arriving.items())
        }
        looks = list(_looks(ranked))[:LOOKS]
        whole, order = list[SiegePlan](), [attack.name for attack in attacks]
        by_itself = driven(self.observations)
        for point, found in ranked.items():
            sightings = [replace(one, request=request) for one in found for request in (one.request, *one.others)]
            pattern, seen = point.entry.partition(" ")[2], set[str]()
            for sighting in sightings:
                assert sighting.request is not None
                number, request = sighting.request["number"], request_from(sighting.request)
                for leaf in leaves(request, pattern):
                    if leaf.name in seen:
                        continue
                    if request.is_call and by_itself and leaf.kind != "given":
                        continue  # what the application's own entries send there is what counts
                    fitting = [a for a in attacks if a.values and a.fits(leaf)]
                    if request.is_command:
                        fitting = [attack for attack in fitting if attack.of_commands(leaf)]
                    if request.is_call:  # a later one may give a plainer value
                        fitting = [a for a in fitting if a.of_calls(leaf) and f"{leaf.name} {a.name}" not in seen]
                        seen.update(f"{leaf.name} {attack.name}" for attack in fitting)
                    else:
                        seen.add(leaf.name)
                    specs = [self._attack(sighting, attack, leaf.name) for attack in fitting]
                    specs = [spec for spec in specs if self._wants(spec.test, spec.fault)]
                    if specs:
                        seen_at = looks if request.kind == "route" else []
                        yield SiegePlan(specs, number, pattern, leaf.name, seen_at, request.kind)
            assert sightings[0].request is not None
            for attack in attacks if request_from(sightings[0].request).kind == "route" else ():
                spec = self._attack(sightings[0], attack, WHOLE)
                if attack.requests and self._wants(spec.test, spec.fault):
                    whole.append(SiegePlan([spec], sightings[0].request["number"], pattern, WHOLE, []))
        yield from sorted(whole, key=lambda plan: order.index(plan.specs[0].fault))  # a lock-out may last

    @staticmethod
    def _attack(sighting: Sighting, attack: Attack, leaf: str) -> TrialSpec:
        return TrialSpec(sighting.test, sighting.point, attack.name, leaf, 1, 3, 11, sighting.seam, input=leaf)

    def everything(self) -> Iterator[TrialSpec]:
        """All trials that any depth could make, in every test: for finding one by its id."""
        for observation in self.observations:
            for sighting in observation.sightings:
                occurrences = dict.fromkeys(
                    (*sighting.occurrences[:1], *sighting.path_occurrences, *sighting.occurrences[-1:])
                )
                for fault in self.faults.for_call(sighting.seam, sighting.kind):
                    for variant in fault.variants(sighting, self._words):
                        for occurrence in occurrences:
                            spec = self._spec(sighting, fault, variant, occurrence, fault.order_at(sighting))
                            yield spec
                            if fault.name in CONTENTION:
                                yield replace(spec, lasting=True)


def _looks(ranked: dict[Point, list[Sighting]]) -> Iterator[Look]:
    """One request of each route that reads; then those with other fields: a search shows what a list may not."""
    more = list[Look]()
    for point, found in ranked.items():
        pattern, seen = point.entry.partition(" ")[2], set[frozenset[str]]()
        for data in (one for s in found for one in (s.request, *s.others) if one is not None):
            request = request_from(data)
            keys = frozenset(key for key, _ in parse_qsl(request.query, keep_blank_values=True))
            if request.method == "GET" and keys not in seen:
                seen.add(keys)
                more.append(Look(request, pattern))
                if len(seen) == 1:
                    yield more.pop()
    yield from more
