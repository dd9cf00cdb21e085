"""Requests that wait for one another though none needs the other's answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from ...trace import Call, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from ._loops import Loop, loops, units, waited
from .n_plus_one_query import TURNS, objection

#: Names of what says where the next page begins.
PAGING = re.compile(
    r"(?i:(?:^|_|\b)(?:page|cursor|offset|start|after|before|next|token|since|skip|from|marker|until))"
    r"|(?:Page|Cursor|Offset|Start|Token|Marker)"
)


class SequentialRequests(Check):
    name = "sequential-requests"
    pillar = "performance"
    cwe = 1050
    reads = frozenset({"waits"})
    summary = "three or more calls of one endpoint with other arguments, one after the other, from one loop in source"
    why = "Latencies add up: ten items at 200 ms each are two seconds, a hundred are a time-out."
    fix = "Ask for all at once (a bulk endpoint), or at the same time: `asyncio.gather`, a task group, `ThreadPoolExecutor.map`."
    bad = """for city in cities:
    weather[city] = (await client.get(f"/weather/{city}")).json()"""
    good = """replies = await asyncio.gather(*(client.get(f"/weather/{city}") for city in cities))"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for calls in units(trace, "http"):
            alike: dict[object, list[Call]] = {}
            for call in calls:
                if not self.retried(call) and not self.is_batch(call):
                    method, path = call.operation.partition(" ")[0], urlsplit(call.statement).path
                    alike.setdefault((call.site, call.target, method, path.count("/")), []).append(call)
            for group in alike.values():
                for loop in loops(group, TURNS):
                    if loop.handed or not _one_endpoint(loop):
                        continue
                    if not self.pages(loop) and not self.follows(loop) and not self.polls(trace, loop):
                        yield objection(
                            self,
                            loop,
                            "request",
                            WARNING if self.has_effect(loop) or self.nobody_waits(loop) else ERROR,
                        )

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        for calls in units(trace, "http"):
            yield from calls

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def retried(call: Call) -> bool:
        """It failed, and is tried again."""
        return call.error is not None or call.tries == 0 or (call.status or 0) >= 500 or call.status == 429

    @staticmethod
    def is_batch(call: Call) -> bool:
        """It asks for several at once: endpoints limit how many."""
        payload = call.payload
        if payload is None and call.body[:1] in (b"{", b"["):
            try:
                payload = json.loads(call.body)
            except ValueError:
                payload = None
        inner = list(payload.values()) if isinstance(payload, dict) else []
        lists = [payload, *inner, *(value for one in inner if isinstance(one, dict) for value in one.values())]
        if any(isinstance(one, list | tuple) and len(one) > 1 for one in lists):
            return True
        pairs = parse_qsl(urlsplit(call.statement).query)
        return len({name for name, _ in pairs}) < len(pairs) or any(value.count(",") > 0 for _, value in pairs)

    @staticmethod
    def pages(loop: Loop) -> bool:
        """Each asks for the next page: what differs is where it begins."""
        asked = [
            dict(parse_qsl(urlsplit(call.statement).query))
            | {
                str(name): repr(value)
                for name, value in (call.payload.items() if isinstance(call.payload, dict) else ())
            }
            for call in loop.calls
        ]
        names = {name for one in asked for name in one}
        other = {name for name in names if len({one.get(name) for one in asked}) > 1}
        return bool(other) and all(PAGING.search(name) for name in other)

    @staticmethod
    def polls(trace: Trace, loop: Loop) -> bool:
        """It asks for the same after each wait: whether something is done by now."""
        one_path = len({urlsplit(call.statement).path for call in loop.calls}) == 1
        return one_path and all(waited(trace, one, other) for one, other in pairwise(loop.calls))

    @staticmethod
    def has_effect(loop: Loop) -> bool:
        """It changes something there: the order may matter, and each may fail by itself."""
        return any(call.effect for call in loop.calls)

    @staticmethod
    def nobody_waits(loop: Loop) -> bool:
        """A command or task has its time."""
        return any(call.entry is not None and call.entry.kind in ("command", "task") for call in loop.calls)

    @staticmethod
    def follows(loop: Loop) -> bool:
        """What is asked for stood in the answer before."""
        found = 0
        for before, call in pairwise(loop.calls):
            target = urlsplit(call.statement)
            last = target.path.rstrip("/").rpartition("/")[2]
            said = before.reply or ""
            values = [value for _, value in parse_qsl(target.query)] + [last]
            whole = call.statement in said or (target.path in said and len(target.path) > 1)
            found += whole or any(
                len(value) > 3 and f'"{value}"' in said and f"/{value}" not in before.statement for value in values
            )
        return found >= len(loop.calls) - 1


def _one_endpoint(loop: Loop) -> bool:
    """The paths differ in one segment, or only the query or body does."""
    paths = [urlsplit(call.statement).path.split("/") for call in loop.calls]
    return sum(len(set(parts)) > 1 for parts in zip(*paths, strict=False)) <= 1
