"""What the `growth` fixture gives: a body that is run at growing sizes, and what of it grows how fast.

Counted, never timed: queries, rows, requests, connections and bytes of source are the same in every run.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .trace import Call, Growing, Trace

SIZES = (8, 32, 128)
#: What grows faster than this is a finding: the exponent of the size.
LIMITS = {"queries": 0.3, "rows": 1.3, "calls": 0.3, "connections": 0.3, "bytes": 1.3}


@dataclass(frozen=True)
class Slopes:
    """The exponent with which each count grows: 0 stays, 1 grows with the size, 2 with its square."""

    queries: float
    rows: float
    calls: float
    connections: float
    bytes: float


class Growth:
    """Runs a body at each size.

    Args:
        trace: of the test.
        sizes: from small to large.
    """

    def __init__(self, trace: Trace, sizes: Sequence[int] = SIZES) -> None:
        if len(sizes) < 2 or sorted(set(sizes)) != list(sizes) or sizes[0] < 1:
            raise ValueError(f"prodready_growth needs two or more growing sizes from 1, not {sizes!r}")
        self.trace, self.sizes = trace, tuple(sizes)

    def __call__(self, body: Callable[[int], object], prepare: Callable[[int], object] | None = None) -> Slopes:
        """Run `body(size)` at each size; what `prepare(size)` does before is not counted."""
        runs: list[list[Call]] = []
        for size in self.sizes:
            if prepare is not None:
                prepare(size)
            first = len(self.trace.calls)
            body(size)
            runs.append([call for call in self.trace.calls[first:] if call.site is not None])
        slopes = {}
        for name, limit in LIMITS.items():
            counts = [_count(name, run) for run in runs]
            slopes[name] = slope(self.sizes, counts)
            if slopes[name] > limit:
                most = _most(name, runs[-1])
                if most is not None:
                    self.trace.growing.append(Growing(name, round(slopes[name], 2), self.sizes, tuple(counts), most))
        for site in {call.site for call in runs[-1]}:
            rows = [_count("rows", (call for call in run if call.site == site)) for run in runs]
            if site is not None and slope(self.sizes, rows) > 0.7:
                self.trace.more_rows.add(site)
        return Slopes(**slopes)


def slope(sizes: Sequence[int], counts: Sequence[int]) -> float:
    """The slope of the straight line through the points, both axes in logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(count, 1)) for count in counts]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _weight(name: str, call: Call) -> int:
    if name == "rows":
        return call.rows
    if name == "bytes":
        return _bytes(call)
    kinds = {"queries": ("read", "write"), "calls": ("request",), "connections": ("connect",)}
    return int(call.kind in kinds[name])


def _bytes(call: Call) -> int:
    """What a request that came in was answered with, and what went over the network for one that goes out."""
    if call.family == "http":
        return len(call.body) + len((call.reply or "").encode())
    outcome = call.entry.outcome if call.family == "incoming" and call.entry is not None else None
    if outcome is None:
        return 0
    said = next((value for name, value in outcome.headers if name.lower() == "content-length"), "")
    return outcome.size or (int(said) if said.isdecimal() else 0)  # a test that does not read it gets it nevertheless


def _count(name: str, calls: Iterable[Call]) -> int:
    return sum(_weight(name, call) for call in calls)


def _most(name: str, calls: Sequence[Call]) -> Call | None:
    """A call of the place that makes most of them."""
    by_site: Counter[Any] = Counter()
    for call in calls:
        if call.entry is not None:
            by_site[call.site] += _weight(name, call)
    site = by_site.most_common(1)[0][0] if by_site else None
    return next((call for call in calls if call.site == site and call.entry is not None and _weight(name, call)), None)
