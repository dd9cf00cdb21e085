"""The first half is stored, the second is lost, and nothing takes the first half back."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...trace import ENDING, Call, Entry, Outcome, normalise
from ...verdicts import Objection
from .. import Check, View, unit_of
from .false_success import OUTBOX, SERVER

DATA = re.compile(r"\b(?:INSERT|REPLACE|UPDATE|DELETE|MERGE)\b", re.I)
#: What is not lost, and comes later: a payment that its provider has not decided, or that waits for the customer.
UNDECIDED = frozenset({"payment.pending", "payment.requires-action"})
#: Tables that tell what was tried, and are right when the rest of it failed.
RECORDS = re.compile(
    r"audit|(?:^|_)logs?(?:$|_)|outbox|idempoten|(?:^|_)locks?(?:$|_)|session|cache|heartbeat|migration|nonce", re.I
)
#: Tables that count; so do their relative updates.
COUNTERS = re.compile(
    r"attempt|counter|sequence|metric|(?:^|_)stats?(?:$|_)|usage|quota|rate_?limit|(?:^|_)hits?(?:$|_)|page_?view", re.I
)
#: Columns that say how far the work on a row has come.
STATE = re.compile(
    r"status|state|stage|phase|processed|handled|done|sent|delivered|synced|exported|imported|finished|completed|confirmed"
    r"|published|notified|archived|expired|error|attempts?|retries|tries|\w+_(?:at|on)|due|next_\w+|reason|result",
    re.I,
)
#: Columns that only tell that somebody was there.
TRACES = re.compile(
    r"last_\w+|\w*seen\w*|updated(?:_at)?|modified(?:_at)?|visits|hits|views|counter|attempts|tries", re.I
)
#: Columns that only number what happens to a row.
NUMBERED = re.compile(r"version|revision|(?:^|_)seq|count(?:er)?$|generation", re.I)
#: What says how far the schema has come.
VERSION = re.compile(
    r"\A\s*PRAGMA\s+(?:\w+\.)?user_version\s*[=(]"
    r"|\A\s*(?:INSERT|REPLACE|UPDATE)\b[^(]*?\b\w*(?:version|migration)s?\b[\"`\]]?\s*(?:\(|SET\b|VALUES\b|SELECT\b)", re.I
)  # fmt: skip
REPEATED_SAFELY = re.compile(
    r"\bOR\s+(?:IGNORE|REPLACE)\b|\bON\s+CONFLICT\b|\bON\s+DUPLICATE\s+KEY\b|\bNOT\s+EXISTS\b", re.I
)
IGNORED = re.compile(r"\bOR\s+IGNORE\b|\bDO\s+NOTHING\b|\bINSERT\s+IGNORE\b", re.I)
RELATIVE = re.compile(
    r"[\"`\[]?(\w+)[\"`\]]?\s*=\s*\(?\s*(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?\1[\"`\]]?\s*[-+*/]", re.I
)
_SET = re.compile(r"\bSET\b(.*?)(?:\bWHERE\b|\bRETURNING\b|\Z)", re.I | re.S)
_COLUMN = re.compile(r"(?:\A|,)\s*(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)[\"`\]]?\s*=")
_NAME = r"\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|\w+"
_TOLD = re.compile(rf"\A\s*INSERT\s+INTO\s+({_NAME})\s*\(\s*({_NAME})\s*\)", re.I)
_COMMANDS = re.compile(r"'(?:optimize|rebuild|integrity-check|(?:auto|crisis|user)?merge)'")
_MADE = re.compile(rf"\A\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({_NAME})", re.I)
_GONE = re.compile(
    rf"\A\s*(?:DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?({_NAME})|ALTER\s+TABLE\s+({_NAME})\s+RENAME\s+TO\b)", re.I
)
#: What a direct call returns when it says that it failed.
FAILED = re.compile(
    r"fail|error|unavailable|declined|reject|refused|could not|cannot|not (?:saved|stored|done)|sorry", re.I
)


class Part(NamedTuple):
    """What became final at once, and the number of the call that made it so."""

    writes: tuple[Call, ...]
    end: int


class PartialWrite(Check):
    name = "partial-write"
    pillar = "integrity"
    cwe = 459
    summary = "of a unit of work that commits more than once an earlier part stayed and a later one was lost"
    why = "The money has left one account and reached no other. Nobody is told, and nothing puts it right."
    fix = "Write everything in one transaction, or undo the earlier parts when a later one fails."
    bad = """debit(conn, payer, cents)
conn.commit()
credit(conn, payee, cents)
conn.commit()"""
    good = """with conn:
    debit(conn, payer, cents)
    credit(conn, payee, cents)"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return call_effect and fault != "db.commit-lost" and fault not in UNDECIDED

    def judge(self, view: View) -> Iterator[Objection]:
        call, control = view.call, view.control_entry
        if view.trace.ended or control is None or not self.concerns(call.effect, view.fault):
            return
        ours, usual = unit_of(view.trace, view.entry), unit_of(view.control, control)
        before = [part for part in parts_of(ours) if part.end < call.number]
        lost = self.missing(ours, usual)
        done = [w for part in before for w in part.writes]
        passing = self.passing(usual)
        lost = [w for w in lost if w.operation.lower() not in passing]
        stayed = [w for w in done if not self.of_no_weight(w) and w.operation.lower() not in passing]
        if not stayed or not lost or self.compensated(call, stayed, ours, usual):
            return
        if self.repeated_by_a_job(stayed, done, lost) and not self.held_back(call, stayed):
            return
        if self.independent(stayed, lost, view):
            return
        if self.of_a_version(stayed, lost, ours, usual) or self.told(view, control):
            return
        kept, gone = _names(stayed), _names(lost)
        outermost = call.path[-1]
        direct = view.entry.kind == "direct"
        yield self.against(
            call, f"what was written to {kept} stayed, what was to be written to {gone} was lost", "lost part",
            f"{outermost.function} in {outermost.file}" if direct else view.entry.label,
            entry=view.entry.label, stayed=kept, lost=gone,
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def missing(ours: list[Call], usual: list[Call]) -> list[Call]:
        """The writes of the control run that never became final: those that a retry made good are not among them."""
        done = Counter(write.operation for part in parts_of(ours) for write in part.writes)
        found: list[Call] = []
        for part in parts_of(usual):
            for write in part.writes:
                done[write.operation] -= 1
                if done[write.operation] < 0:
                    found.append(write)
        return found

    @staticmethod
    def of_no_weight(write: Call) -> bool:
        """A record of what was tried, a trace of somebody, or a row that may be there already."""
        columns, table = _columns_set(write.statement), write.operation.removeprefix("write ")
        return (
            COUNTERS.search(table) is not None
            or (RECORDS.search(table) is not None and RELATIVE.search(write.statement) is None)
            or IGNORED.search(write.statement) is not None
            or (bool(columns) and all(TRACES.fullmatch(column) for column in columns))
        )

    @staticmethod
    def passing(usual: list[Call]) -> set[str]:
        """Writes to tables that the unit makes, and drops or renames again: a probe, or a table that gets another form.

        Such a copy holds no row that is not in the table it is made of.
        """
        made = {name for call in usual for name in _MADE.findall(call.statement)}
        gone = {name for call in usual for names in _GONE.findall(call.statement) for name in names if name}
        return {f"write {normalise(name)}" for name in {*map(_bare, made)} & {*map(_bare, gone)}}

    @staticmethod
    def of_a_version(stayed: list[Call], lost: list[Call], ours: list[Call], usual: list[Call]) -> bool:
        """A step of a migration was lost together with the version that it records: the next start makes it again.

        What stayed of that step must do no harm then.
        """
        kept, known = versions_kept(ours), versions_kept(usual)
        if len(kept) >= len(known):
            return False
        steps = {call.site and call.site.function for call in known}
        since = max((call.number for call in kept), default=-1)
        again = [w for w in stayed if w.number > since and _within(w, steps)]
        return all(_within(w, steps) for w in lost) and all(map(does_no_harm_again, again))

    @staticmethod
    def compensated(call: Call, stayed: list[Call], ours: list[Call], usual: list[Call]) -> bool:
        """What had stayed was written to again, on another way than usual; or a job was told to put it right."""
        tables, ways = {w.operation for w in stayed}, {c.path for c in usual}
        return any(
            c.kind == "write" and c.number > call.number
            and ((c.operation in tables and c.path not in ways) or (OUTBOX.search(c.operation) and c.path not in ways))
            for c in ours
        )  # fmt: skip

    @staticmethod
    def repeated_by_a_job(stayed: list[Call], done: list[Call], lost: list[Call]) -> bool:
        """The lost part is a mark on what had stayed, or one of many equal steps that do no harm when done again.

        Such a step may also write what has no weight: that is among `done` alone.
        """
        if all(any(is_mark(w, on) for on in stayed) for w in lost):
            return True
        return equal_steps(done, lost) and all(map(does_no_harm_again, [*done, *lost]))

    @staticmethod
    def held_back(call: Call, stayed: list[Call]) -> bool:
        """A request to somebody else failed, and an amount that was taken for it before is not given back.

        A row that is marked as waiting tells a job what there is to do; `stock = stock - 1` tells nobody.
        """
        return call.family == "http" and any(takes_away(write) for write in stayed)

    @staticmethod
    def independent(stayed: list[Call], lost: list[Call], view: View) -> bool:
        """Many equal steps, and the failure of one did not end the loop: each stands for itself."""
        relative = any(RELATIVE.search(w.statement) for w in (*stayed, *lost))
        return equal_steps(stayed, lost) and not relative and not broke_off(view)

    @staticmethod
    def told(view: View, control: Entry) -> bool:
        """The outcome is no failure, and the log tells of one; or it is that of the control run: a `false-success`."""
        outcome = view.entry.outcome
        if outcome is None or outcome.is_error:
            return False
        if view.same:
            return True
        logged = bool(outcome.errors) or any(r.level >= logging.WARNING and r.logger != SERVER for r in view.trace.logs)
        return logged and not says_failure(outcome, control.outcome)


def parts_of(calls: Iterable[Call]) -> list[Part]:
    """The parts that became final, in order: a transaction each, or a write outside of one."""
    parts: list[Part] = []
    pending: dict[str, list[Call]] = {}
    for call in calls:
        if call.family != "db":
            continue
        failed = call.error is not None and not call.effect_happened
        if failed and call.faulted in ENDING:
            pending.pop(call.target, None)
        if failed:
            continue
        if call.kind == "write" and is_data(call):
            if call.commits:
                parts.append(Part((call,), call.number))
            else:
                pending.setdefault(call.target, []).append(call)
        elif call.kind == "commit" and call.failable:
            writes = tuple(pending.pop(call.target, ()))
            if writes:
                parts.append(Part(writes, call.number))
    return parts


def versions_kept(calls: Iterable[Call]) -> list[Call]:
    """The calls that recorded the version of the schema, and whose transaction was not lost."""
    kept: list[Call] = []
    pending: dict[str, list[Call]] = {}  # by target, while a transaction is open there
    for call in calls:
        if call.family != "db":
            continue
        if call.error is not None and not call.effect_happened:
            if call.faulted in ENDING:
                pending.pop(call.target, None)
        elif call.kind == "commit" and call.failable:
            kept += pending.pop(call.target, ())
        elif call.kind == "write" and is_data(call) and not call.commits:
            pending.setdefault(call.target, [])
        if call.error is None and VERSION.search(call.statement):
            pending.get(call.target, kept).append(call)
    return kept


def is_data(call: Call) -> bool:
    """Whether rows are written: not where the schema is made, or a lock taken."""
    return (
        not is_command(call)
        and DATA.search(call.statement) is not None
        and not re.match(r"\s*(?:CREATE|ALTER|DROP|BEGIN)\b", call.statement, re.I)
    )


def is_command(call: Call) -> bool:
    """Whether SQLite's full-text search is told to do something, in the form of an INSERT."""
    told = _TOLD.search(call.statement)
    return (
        told is not None
        and _bare(told[1]) == _bare(told[2])
        and _COMMANDS.search(f"{call.statement} {call.parameters}") is not None
    )


def is_mark(write: Call, on: Call) -> bool:
    """An UPDATE that says how far the work on a row has come. An ORM may write all columns of a row that it has made."""
    columns = _columns_set(write.statement)
    if write.operation != on.operation or not columns or takes_away(write):
        return False
    enough = all if _columns_set(on.statement) else any
    return enough(is_state(column) for column in columns)


def is_state(column: str) -> bool:
    """How far something has come, or how often it was tried."""
    return STATE.fullmatch(column) is not None or NUMBERED.search(column) is not None


def takes_away(write: Call) -> bool:
    """Whether an amount becomes another one: not the number of a version, nor of attempts."""
    columns = {column.lower() for column in RELATIVE.findall(write.statement)}
    return any(not (TRACES.fullmatch(column) or is_state(column)) for column in columns)


def does_no_harm_again(write: Call) -> bool:
    """Done again, it leaves what it left the first time."""
    if takes_away(write):
        return False
    return not re.match(r"\s*INSERT\b", write.statement, re.I) or REPEATED_SAFELY.search(write.statement) is not None


def equal_steps(stayed: list[Call], lost: list[Call]) -> bool:
    """What was lost is done on the same way as what stayed: by a loop."""
    steps = {(w.operation, w.path) for w in stayed}
    return all((w.operation, w.path) in steps for w in lost)


def broke_off(view: View) -> bool:
    """What left the entry was made of the failure that struck; a route that goes on has no error to answer with."""
    struck, outcome = view.call.error, view.entry.outcome
    if view.entry.kind == "route":
        return outcome is not None and outcome.is_error
    errors = (view.entry.error, outcome.error if outcome is not None else None)
    return struck is not None and any(e is not None and struck.text in (e.text, *e.texts) for e in errors)


def _columns_set(statement: str) -> list[str]:
    if not re.match(r"\s*UPDATE\b", statement, re.I):
        return []
    clause = _SET.search(statement)
    return _COLUMN.findall(clause[1]) if clause else []


def says_failure(outcome: Outcome, usual: Outcome | None) -> bool:
    """Whether what came back is no error of the protocol, and yet says that it failed."""
    value: Any = outcome.value if outcome.kind == "return" else outcome.body
    before: Any = usual.value if usual is not None and usual.kind == "return" else None
    if not value:
        return outcome.kind == "return" and value is not before
    return FAILED.search(str(value)) is not None


def _bare(name: str) -> str:
    return name.strip('"`[]').lower()


def _within(call: Call, functions: set[str | None]) -> bool:
    return any(site.function in functions for site in call.path)


def _names(writes: list[Call]) -> str:
    """`accounts (in line 12 of ledger.py)`, in order."""
    places = dict.fromkeys((w.operation.removeprefix("write "), w.site) for w in writes)
    return ", ".join(f"{table} (in line {site.line} of {site.file})" if site else table for table, site in places)
