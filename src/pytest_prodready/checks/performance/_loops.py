"""Which calls one loop of source makes: those at the same instruction of the same activation of a function."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...trace import HANDED, Call, Place, Site, Trace


@dataclass
class Loop:
    """Calls that are alike, from one loop.

    `handed` says that each turn hands its call to a task or thread of its own, `of_library` that the loop is written in a
    library, which calls source for each, or reads what source has answered with.
    """

    site: Site
    calls: list[Call] = field(default_factory=list)
    handed: bool = False
    recursive: bool = False
    of_library: bool = False

    def add(self, *calls: Call) -> None:
        self.calls += [call for call in calls if not any(call is known for known in self.calls)]

    @property
    def different(self) -> list[Call]:
        """One call for each that differs in what it asks for."""
        return list({arguments(call): call for call in reversed(self.calls)}.values())[::-1]

    @property
    def rows(self) -> int:
        """How many things are asked for, or written: a row that is inserted is another one, though it be like the one before."""
        inserted = [call for call in self.calls if call.statement.lstrip()[:6].upper() == "INSERT"]
        return max(len(self.different), len(inserted))


def arguments(call: Call) -> Hashable:
    """What a call asks for, as something that can be compared."""
    return call.statement, repr(call.parameters), call.body, repr(call.payload)


def units(trace: Trace, family: str) -> Iterator[list[Call]]:
    """The calls of a family that source made, by unit of work: a request, a command, a call of the test's."""
    return iter(trace.once(("units", family), lambda: _units(trace, family)))


def _units(trace: Trace, family: str) -> list[list[Call]]:
    found: dict[Hashable, list[Call]] = {}
    for call in trace.source_calls():
        if call.family == family and call.entry is not None and call.places:
            alone = call.entry.kind == "route"
            found.setdefault((call.entry.number, None if alone else call.activations[-1]), []).append(call)
    return list(found.values())


def loops(calls: Sequence[Call], least: int) -> list[Loop]:
    """The innermost loops that make at least so many of these calls, which are alike but for what they ask for."""
    if len(calls) < least:
        return []
    by_place: dict[Hashable, list[Call]] = {}
    for call in calls:
        by_place.setdefault(call.places, []).append(call)
    found: dict[Site, Loop] = {}
    outer: dict[Site, Loop] = {}
    for alike in by_place.values():
        turns: dict[tuple[int, Place], Loop] = {}
        for one, other in pairwise(alike):
            at = _pivot(one, other)
            if at is None:
                continue
            place, activation = other.places[at], other.activations[at]
            if place is one.places[one.activations.index(activation)] and _iterates(other, at):
                assert place.site is not None
                site = place.site._replace(line=place.loop or place.site.line)
                loop = turns.setdefault((activation, place), Loop(site))
                loop.add(one, other)
                loop.handed = loop.handed or HANDED in other.places[:at]
        big = [loop for loop in turns.values() if loop.rows >= least]
        depth = {id(loop): _depth(loop) for loop in big}
        for loop in big:
            innermost = depth[id(loop)] == max(depth.values())
            (found if innermost else outer).setdefault(loop.site, loop)
    return list(found.values()) or list(_recursions(calls, least)) or list(_callbacks(by_place.values(), least))


def _depth(loop: Loop) -> int:
    """How many frames of source stand between the loop and the entry."""
    places = loop.calls[-1].places
    function = loop.site.function
    return next(
        (len(places) - at for at, place in enumerate(places) if place.site and place.site.function == function), 0
    )


def _recursions(calls: Sequence[Call], least: int) -> Iterator[Loop]:
    """A function that makes such a call, and calls itself for the next."""
    found: dict[tuple[str, str], Loop] = {}
    for one, other in pairwise(calls):
        at = _pivot(one, other)
        site = other.places[at].site if at else None
        if site is None:
            continue
        function = site.file, site.function
        if any(inside.site and (inside.site.file, inside.site.function) == function for inside in other.places[:at]):
            found.setdefault(function, Loop(site, recursive=True)).add(one, other)
    yield from (loop for loop in found.values() if len(loop.different) >= least)


def _callbacks(groups: Iterable[list[Call]], least: int) -> Iterator[Loop]:
    """A function that a framework calls for each row of an answer (a field of a serializer), or what it reads of an answer."""
    for calls in groups:
        first = calls[0]
        assert first.entry is not None
        places = [place for place in first.places if place.site is not None]
        runs = first.lazy or first.activations[0] >= 0  # else a framework asks by itself
        if first.entry.kind != "route" or not places or not runs:
            continue
        site = places[-1].site
        assert site is not None
        if all(_pivot(one, other) is None for one, other in pairwise(calls)):
            loop = Loop(site, of_library=True)
            loop.add(*calls)
            if len(loop.different) >= least:
                yield loop


def _pivot(one: Call, other: Call) -> int | None:
    """Where the innermost activation that both calls have stands at the second; none where only a task is common."""
    known = one.activations
    for at, activation in enumerate(other.activations):
        if activation >= 0 and activation in known:
            return at
    return None


def _iterates(call: Call, at: int) -> bool:
    """The loop is source's: it is written there, or a library calls back for each (a template, `map`, an ORM's attribute)."""
    loop = call.places[at].loop
    return loop >= 0 and (loop > 0 or at > 0 or call.lazy)


def waited(trace: Trace, one: Call, other: Call) -> bool:
    """Somebody slept between the two."""
    return bisect_right(trace.waits, one.number) < bisect_right(trace.waits, other.number)


def is_fixed(one: Call, other: Call) -> bool:
    """Both come from one loop that makes as many turns whatever the data."""
    at = _pivot(one, other)
    if at is None or other.places[at].loop >= 0:
        return False
    return other.places[at] is one.places[one.activations.index(other.activations[at])]
