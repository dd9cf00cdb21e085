"""A query for each row of another one."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Call, Trace
from ...verdicts import Objection
from .. import Check
from . import _sql
from ._loops import Loop, loops, units

#: From so many on, it is a loop and no coincidence; an ORM that loads lazily confirms it sooner.
TURNS, CONFIRMED = 3, 2


class NPlusOneQuery(Check):
    name = "n-plus-one-query"
    pillar = "performance"
    cwe = 1073
    summary = "the same statement with other parameters is repeated from one loop in source, within one entry"
    why = "Each row costs a round trip: ten rows in a test are ten queries, a thousand in production are a thousand."
    fix = "Ask once for all of them: a JOIN, `WHERE id IN (…)`, `selectinload`/`joinedload`, `select_related`/`prefetch_related`."
    bad = """for order in orders:
    order["customer"] = conn.execute("SELECT name FROM customers WHERE id = ?", (order["customer_id"],)).fetchone()"""
    good = """conn.execute("SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id")"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for calls in self.repeated(trace):
            least = CONFIRMED if any(call.lazy for call in calls) else TURNS
            for loop in loops(calls, least):
                if not self.pages(loop):
                    yield objection(self, loop, "query")

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        for calls in units(trace, "db"):
            yield from (call for call in calls if call.kind == "read")

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False  # the ordinary run shows it

    def repeated(self, trace: Trace) -> Iterator[list[Call]]:
        """Calls of one unit of work whose statements are alike."""
        for calls in units(trace, "db"):
            alike: dict[tuple[str, str], list[Call]] = {}
            for call in calls:
                asks = call.kind == "read" and call.statement and not self.of_schema(call)
                if asks and not self.retried(call):
                    alike.setdefault((call.target, _sql.shape(call.statement)), []).append(call)
            yield from (group for group in alike.values() if not self.batches(group))

    # the guards: each keeps clean code clean
    @staticmethod
    def retried(call: Call) -> bool:
        """It failed, and was tried again."""
        return call.error is not None

    @staticmethod
    def of_schema(call: Call) -> bool:
        """It asks what tables and columns there are: no data that grows."""
        return _sql.reads_schema(call.statement)

    @staticmethod
    def batches(calls: list[Call]) -> bool:
        """Each asks for several at once: databases limit how many."""
        return any(_sql.is_batch(call.statement) for call in calls)

    @staticmethod
    def pages(loop: Loop) -> bool:
        """Each asks for the next page: nobody knows what to ask for before the last one has come."""
        if all(_sql.is_page(call.statement) for call in loop.calls):
            return True
        asked = set()
        for call in loop.calls:
            text, places = _sql.without_offset(call.statement)
            given = call.parameters
            if places and isinstance(given, list | tuple):
                given = given[: len(given) - places]
            elif places and isinstance(given, dict):
                given = {name: value for name, value in given.items() if "offset" not in name and "param" not in name}
            asked.add((text, repr(given)))
        return len(asked) == 1


def objection(check: Check, loop: Loop, what: str, level: str | None = None) -> Objection:
    """That a loop makes the same call again and again."""
    first, count = loop.calls[0], len(loop.calls)
    assert first.entry is not None
    site = loop.site
    how = f"the loop in line {site.line} of {site.file}"
    if loop.recursive:
        how = f"{site.function} calls itself, and"
    elif loop.of_library:
        called = first.activations[0] >= 0
        how = (
            f"{site.function}, which a library calls for each,"
            if called
            else f"what reads the answer of {site.function}"
        )
    table = first.operation.partition(" ")[2]
    of = f" of {table}" if table else ""
    return Objection(
        check.name, level or check.level, site, first.entry.label, first.operation, check.name,
        f"{site.function} in {site.file}",
        f"{how} made the same {what}{of} {count} times: one for each turn, and so one for each row in production", check.fix,
        {
            "statement": " ".join(first.statement.split())[:300],
            "count": count,
            "made_at": f"{first.path[0].file}:{first.path[0].line}",
            "grows": f"{count} turns, {count} calls; 1000 turns, 1000 calls",
            "lazy": first.lazy,
        },
    )  # fmt: skip
