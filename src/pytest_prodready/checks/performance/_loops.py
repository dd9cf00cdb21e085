"""Which calls one loop of source makes: those at the same instruction of the same activation of a function."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ...trace import Call, Site, Step, Trace


@dataclass
class Loop:
    """Calls that are alike, from one loop. `handed` says that each turn hands its call to a task or thread of its own."""

    site: Site
    calls: list[Call] = field(default_factory=list)
    handed: bool = False
    recursive: bool = False

    def add(self, *calls: Call) -> None:
        self.calls += [call for call in calls if not any(call is known for known in self.calls)]

    @property
    def different(self) -> list[Call]:
        """One call for each that differs in what it asks for."""
        return list({arguments(call): call for call in reversed(self.calls)}.values())[::-1]


def arguments(call: Call) -> Hashable:
    """What a call asks for, as something that can be compared."""
    return call.statement, repr(call.parameters), call.body


def units(trace: Trace, family: str) -> Iterator[list[Call]]:
    """The calls of a family that source made, by unit of work: a request, a command, a call of the test's."""
    found: dict[Hashable, list[Call]] = {}
    for call in trace.source_calls():
        if call.family == family and call.entry is not None and call.steps:
            alone = call.entry.kind == "route"
            found.setdefault((call.entry.number, None if alone else call.steps[-1].activation), []).append(call)
    yield from found.values()


def loops(calls: Iterable[Call], least: int) -> list[Loop]:
    """The innermost loops that make at least so many of these calls, which are alike but for what they ask for."""
    by_place: dict[Hashable, list[Call]] = {}
    ordered = list(calls)
    for call in ordered:
        by_place.setdefault(tuple((step.site, step.at) for step in call.steps), []).append(call)
    found: dict[Site, Loop] = {}
    outer: dict[Site, Loop] = {}
    for alike in by_place.values():
        turns: dict[tuple[int, int], Loop] = {}
        for one, other in pairwise(alike):
            inner = _pivot(one, other)
            if inner is None:
                continue
            at = other.steps.index(inner)
            if inner.at == _step(one, inner).at and _iterates(other, at):
                assert inner.site is not None
                site = inner.site._replace(line=inner.loop or inner.site.line)
                loop = turns.setdefault((inner.activation, inner.at), Loop(site))
                loop.add(one, other)
                loop.handed = loop.handed or any(step.site is None for step in other.steps[:at])
        big = [loop for loop in turns.values() if len(loop.different) >= least]
        depth = {id(loop): _depth(loop) for loop in big}
        for loop in big:
            innermost = depth[id(loop)] == max(depth.values())
            (found if innermost else outer).setdefault(loop.site, loop)
    return list(found.values()) or list(_recursions(ordered, least))


def _depth(loop: Loop) -> int:
    """How many frames of source stand between the loop and the entry."""
    steps = loop.calls[-1].steps
    function = loop.site.function
    return next((len(steps) - at for at, step in enumerate(steps) if step.site and step.site.function == function), 0)


def _recursions(calls: list[Call], least: int) -> Iterator[Loop]:
    """A function that makes such a call, and calls itself for the next."""
    found: dict[tuple[str, str], Loop] = {}
    for one, other in pairwise(calls):
        step = _pivot(one, other)
        at = other.steps.index(step) if step is not None else 0
        if step is None or at == 0 or step.site is None:
            continue
        function = step.site.file, step.site.function
        if any(inside.site and (inside.site.file, inside.site.function) == function for inside in other.steps[:at]):
            found.setdefault(function, Loop(step.site, recursive=True)).add(one, other)
    yield from (loop for loop in found.values() if len(loop.different) >= least)


def _pivot(one: Call, other: Call) -> Step | None:
    """The innermost activation that both calls have, as it stands at the second; none where only a task is common."""
    known = {step.activation for step in one.steps if step.activation >= 0}
    return next((step for step in other.steps if step.activation in known), None)


def _step(call: Call, like: Step) -> Step:
    return next(step for step in call.steps if step.activation == like.activation)


def _iterates(call: Call, at: int) -> bool:
    """The loop is source's: it is written there, or a library calls back for each (a template, `map`, an ORM's attribute)."""
    return call.steps[at].loop >= 0 and (call.steps[at].loop > 0 or at > 0 or call.lazy)
