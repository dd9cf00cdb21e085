"""A condition that no index serves, by the planner of the database in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...trace import Call, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from . import _sql

_NAME = r"(?:\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|[A-Za-z_]\w*)"
_COLUMN = rf"(?:({_NAME})\s*\.\s*)?({_NAME})"
_SOURCE = re.compile(rf"\b(?:FROM|JOIN|UPDATE)\s+(?:{_NAME}\s*\.\s*)?({_NAME})(?:\s+(?:AS\s+)?({_NAME}))?", re.I)
_WHERE = re.compile(
    r"\b(?:WHERE|ON)\b(.*?)(?=\b(?:WHERE|ORDER\s+BY|GROUP\s+BY|LIMIT|HAVING|UNION|(?:LEFT|INNER|CROSS)\s+JOIN|JOIN|RETURNING)\b|$)",
    re.I | re.S,
)
_EQUAL = re.compile(rf"(?<![\w.\"])\(?\s*{_COLUMN}\s*(?:=|\bIN\s*\()\s*(\?|{_COLUMN})", re.I)
#: A column in a function: an index on the column itself does not serve it.
_WRAPPED = re.compile(
    r"\b(?:date|datetime|time|strftime|julianday|unixepoch|substr|substring|lower|upper|trim|cast|length|abs|round|django_\w+)"
    rf"\s*\(\s*(?:\?\s*,\s*)?{_COLUMN}[^()]*\)\s*=\s*(?:\w+\s*\(\s*)?\?", re.I,
)  # fmt: skip
_CREATE = re.compile(rf"\bCREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({_NAME})", re.I)
#: Behind one of them a column is part of an expression, which no index on it serves.
_OPERATORS = ("|", "&", "+", "-", "*", "/", "%", "~")
#: Words that follow a table and are no alias of it.
_KEYWORDS = frozenset(
    [
        "where",
        "on",
        "set",
        "join",
        "left",
        "inner",
        "cross",
        "outer",
        "natural",
        "order",
        "group",
        "limit",
        "having",
        "union",
        "using",
        "returning",
        "values",
    ]
)
#: Names of columns with few values: an index on one is of little use.
FEW = re.compile(
    r"(?:^|_)(?:is|has|active|done|deleted|enabled|disabled|archived|published|paid|sent|status|state|kind|type|role|level"
    r"|mode|flag|category|currency|country|lang|language|visible|open|closed|processed|read|completed|available)(?:_|$)", re.I,
)  # fmt: skip


class Scan(NamedTuple):
    """A table that is read from end to end, and the column by which rows of it are looked for."""

    table: str
    column: str
    wrapped: bool = False  # in a function: an index on the column does not help, one on the expression does


class MissingIndex(Check):
    name = "missing-index"
    pillar = "performance"
    cwe = 1067
    reads = frozenset({"plan"})
    summary = "the planner can serve a filter or join of a statement from source by no index, whatever the table's size"
    why = "Every such query reads the whole table: with ten rows nobody notices, with a million each takes a second."
    fix = "Create an index on the column (`CREATE INDEX …`, `index=True`, `db_index=True`)."
    bad = """conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)")
conn.execute("SELECT id FROM orders WHERE customer_id = ?", (customer,))"""
    good = """conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)")
conn.execute("CREATE INDEX orders_by_customer ON orders (customer_id)")
conn.execute("SELECT id FROM orders WHERE customer_id = ?", (customer,))"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in self.looked_at(trace):
            scan = scanned(call.statement, call.plan) if call.seam == "sqlite3" else walked(call.plan)
            if scan is not None and not self.few_values(scan):
                assert call.site is not None
                certain = scan.table in self.made_by_source(trace) and not scan.wrapped
                what = f"{scan.table}.{scan.column}" + (" in a function" if scan.wrapped else "")
                yield self.against(
                    call, f"no index serves {what}: every run reads the whole table", self.name,
                    f"{scan.table}.{scan.column}", ERROR if certain else WARNING,
                    statement=" ".join(call.statement.split())[:300], plan=list(call.plan),
                    index="on the expression; or compare the column itself with the ends of a range" if scan.wrapped
                    else f"CREATE INDEX {scan.table}_{scan.column} ON {scan.table} ({scan.column})",
                )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call in trace.source_calls() if call.plan and call.entry is not None)

    def unseen(self, trace: Trace) -> Iterator[tuple[Call, str]]:
        return ((call, call.unplanned) for call in trace.source_calls() if call.unplanned and call.error is None)

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def made_by_source(trace: Trace) -> set[str]:
        """Tables that source makes itself, or designs and a framework makes; those of a test may have their indexes in production.

        So may those that source makes as its caller says: they hold the caller's data, and whose else should the index be?
        """
        made = (call for call in trace.calls if call.kind == "write" and call.site is not None and not call.composed)
        return trace.designed.union(_bare(table) for call in made for table in _CREATE.findall(call.statement))

    @staticmethod
    def few_values(scan: Scan) -> bool:
        """A column with few values, which an index does not narrow down."""
        return FEW.search(scan.column) is not None


def walked(plan: tuple[str, ...]) -> Scan | None:
    """The same of a server: its planner was asked what it cannot do at any size, and each line tells of one table."""
    for line in plan:
        found = re.match(r"SCAN (.+) BY (.+)\Z", line)
        if found is not None:
            columns = found[2].split(", ")
            return Scan(found[1], next((column for column in columns if not FEW.search(column)), columns[0]))
    return None


@lru_cache(maxsize=4096)
def scanned(sql: str, plan: tuple[str, ...]) -> Scan | None:
    """The first table that is read from end to end for a condition that an index on one column could serve.

    SQLite says `SCAN t`, or that it makes an index for this one run (`AUTOMATIC INDEX`); neither depends on how many rows
    there are. A scan of a covering index is meant, and where an OR stands no single index helps.
    """
    text = _sql.plain(sql)
    if re.search(r"\bOR\b", text, re.I):
        return None
    sources: dict[str, str] = {}
    for table, alias in _SOURCE.findall(text):
        sources[_bare(table)] = _bare(table)
        if alias and alias.lower() not in _KEYWORDS:
            sources[_bare(alias)] = _bare(table)
    # what the statement makes itself, nobody can put an index on
    made = {_bare(name) for name in re.findall(r"(?:CO-ROUTINE|MATERIALIZE) (\S+)", "\n".join(plan))}
    sources = {alias: table for alias, table in sources.items() if table not in made}
    only = next(iter(sources)) if len(set(sources.values())) == 1 else ""
    # the column of each table that a value, or another table, is held against; or an expression of the column
    given, joined, wrapped = dict[str, str](), dict[str, str](), dict[str, str]()
    for clause in _WHERE.findall(text):
        for match in _EQUAL.finditer(clause):
            one, column, _, other, other_column = match.groups(default="")
            if other_column.lower() == "select" or clause[: match.start()].rstrip().endswith(_OPERATORS):
                continue
            if other_column:
                joined.setdefault(sources.get(_bare(other), ""), _bare(other_column))
            held = joined if other_column else given
            held.setdefault(sources.get(_bare(one) or only, ""), _bare(column))
        for match in _WRAPPED.finditer(clause):
            one, column = match.groups(default="")
            wrapped.setdefault(sources.get(_bare(one) or only, ""), _bare(column))
    for number, line in enumerate(plan):
        automatic = re.search(r"\bSEARCH (?:TABLE )?(\S+).*USING AUTOMATIC.*\(([A-Za-z_]\w*)=\?", line)
        if automatic is not None and _bare(automatic[1]) in sources:
            return Scan(sources[_bare(automatic[1])], _bare(automatic[2]))
        walked = re.match(r"SCAN (?:TABLE )?(\S+)(?: AS \S+)? USING INDEX ", line)
        table = sources.get(_bare(walked[1])) if walked is not None else None
        if table is not None and table in given and _is_bound(given[table], sql):
            return Scan(table, given[table])  # all of an index, in its order, until enough rows have that value
        scan = re.match(r"SCAN (?:TABLE )?(\S+)(?: AS \S+)?(?: LEFT-JOIN)?\Z", line)
        table = sources.get(_bare(scan[1])) if scan is not None else None
        if table is not None and table in given:
            return Scan(table, given[table])
        if table is not None and table in wrapped:
            return Scan(table, wrapped[table], wrapped=True)
        if table is not None and table in joined and not _begins(plan, number):
            return Scan(table, joined[table])
    return None


def _begins(plan: tuple[str, ...], number: int) -> bool:
    """It is the table that a join begins with, which is meant to be read; a subquery that runs once has one of its own."""
    return number == 0 or re.match(r"(?:LIST|SCALAR) SUBQUERY|CO-ROUTINE|MATERIALIZE", plan[number - 1]) is not None


def _is_bound(column: str, sql: str) -> bool:
    """The value is a parameter: an index on some of the rows is used for a value that stands in the statement."""
    return re.search(rf"\b{column}[\"`\]]?\s*(?:=|IN\s*\()\s*[?:@$%]", sql, re.I) is not None


def _bare(name: str) -> str:
    return name.strip('"`[]').lower()
