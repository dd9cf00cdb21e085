"""How a database server looks for the rows of a statement: its planner is asked once a session, where nobody would notice.

It is asked over the application's own connection, which alone sees what its transaction sees, and which is left as it was.
Where it cannot be asked, the call says why: what was not looked at is no probe that was passed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import Any

from ..trace import Call
from .hub import hub

#: SQL to send, with its parameters; what comes back is the first value of the first row. At last, the plan.
Steps = Generator[tuple[str, Any], Any, tuple[str, ...]]

_LOOKS = re.compile(r"\b(?:WHERE|JOIN)\b", re.I)
_EXPLAINED = re.compile(r"\s*(?:SELECT|WITH|UPDATE|DELETE)\b", re.I)
_OF_SERVER = re.compile(r"\b(?:information_schema|performance_schema|pg_catalog|mysql|sys)\b[\"`]?\s*\.", re.I)
_TEXT = re.compile(r"'(?:[^']|'')*'")


@dataclass(frozen=True)
class Planner:
    """The planner behind one driver.

    Attributes:
        host: where a connection leads to; empty for a socket of this machine.
        busy: why it cannot be asked over this connection now, or an empty text.
        steps: what to send to ask for the plan of a statement.
        send: sends it by a cursor of the plainest kind; awaited over an asynchronous connection.
        before: it is asked before the statement: afterwards the server would answer what it says of the last one differently.
    """

    host: Callable[[Any], str]
    busy: Callable[[Any], str]
    steps: Callable[[Any, str, Any], Steps]
    send: Callable[[Any, str, Any], Any]
    before: bool = False


def ask(planner: Planner | None, call: Call | None, conn: Any, given: Any) -> None:
    """Note the plan of a call, or why there is none."""
    if call is None or not _is_wanted(planner, call, conn) or planner is None:
        return
    try:
        _note(call, _plan(planner.steps(conn, call.statement, given), lambda *step: planner.send(conn, *step)))
    except Exception as exc:
        _note(call, (), _unanswered(exc))


async def ask_async(planner: Planner | None, call: Call | None, conn: Any, given: Any) -> None:
    """As `ask`, over an asynchronous connection."""
    if call is None or not _is_wanted(planner, call, conn) or planner is None:
        return
    try:
        steps = planner.steps(conn, call.statement, given)
        _note(call, await _plan_async(steps, lambda *step: planner.send(conn, *step)))
    except Exception as exc:
        _note(call, (), _unanswered(exc))


def _is_wanted(planner: Planner | None, call: Call, conn: Any) -> bool:
    """Whether the planner is to be asked now; where it is not, what is known is noted."""
    trace, sql = hub.trace, call.statement
    if trace is None or hub.run or call.site is None or call.phase != "call" or call.many or sql in trace.planned:
        return False
    if not (_EXPLAINED.match(sql) and _LOOKS.search(sql)) or _OF_SERVER.search(sql) or not hub.wants("plan"):
        return False
    trace.planned.add(sql)
    if (call.target, sql) in hub.plans:
        call.plan, call.unplanned = hub.plans[call.target, sql]
        return False
    try:
        why = _refused(planner, call, conn)
    except Exception as exc:  # a double of a connection
        why = _unanswered(exc)
    if why:
        _note(call, (), why)
    return not why


def _refused(planner: Planner | None, call: Call, conn: Any) -> str:
    if planner is None:
        return f"nobody knows how to ask a planner over {call.seam}"
    if ";" in _TEXT.sub("", call.statement).rstrip().rstrip(";"):
        return "several statements were sent in one"  # EXPLAIN is of the first, and the others would be run
    host = planner.host(conn)
    if not is_here(host) and host not in hub.hosts:
        return f"the server at {host} is not on this machine: --prodready-allow-host={host}"
    return planner.busy(conn)


def is_here(host: str) -> bool:
    """Whether a server is on this machine."""
    return host in ("", "localhost", "::1") or host.startswith(("127.", "/", "@"))


def _note(call: Call, plan: tuple[str, ...], why: str = "") -> None:
    call.plan, call.unplanned = hub.plans[call.target, call.statement] = plan, why


def _unanswered(exc: Exception) -> str:
    return f"the planner did not answer ({type(exc).__name__})"


def _plan(steps: Steps, send: Callable[[str, Any], Any]) -> tuple[str, ...]:
    """Take the steps; where one fails, those that clear up are still taken."""
    try:
        step = next(steps)
        while True:
            try:
                reply = send(*step)
            except BaseException as exc:
                step = steps.throw(exc)
            else:
                step = steps.send(reply)
    except StopIteration as end:
        found: tuple[str, ...] = end.value
        return found


async def _plan_async(steps: Steps, send: Callable[[str, Any], Awaitable[Any]]) -> tuple[str, ...]:
    """As `_plan`, awaiting each."""
    try:
        step = next(steps)
        while True:
            try:
                reply = await send(*step)
            except BaseException as exc:
                step = steps.throw(exc)
            else:
                step = steps.send(reply)
    except StopIteration as end:
        found: tuple[str, ...] = end.value
        return found


# ------------------------------------------------------------------------------------------------- what plans say
def conjuncts(condition: str) -> list[str]:
    """The parts of a condition that all have to hold; none where only one of several has to."""
    condition = _without_parentheses(condition)
    parts, depth, start, quote = [], 0, 0, ""
    for at, char in enumerate(condition):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == " " and depth == 0:
            word = condition[at : at + 5].lower()
            if word == " and ":
                parts.append(condition[start:at])
                start = at + 5
            elif word[:4] == " or ":
                return []
    return [_without_parentheses(part) for part in [*parts, condition[start:]]]


def _without_parentheses(text: str) -> str:
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closes(text: str) -> int:
    """Where the parenthesis that a text begins with is closed."""
    depth, quote = 0, ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return at
    return len(text)


def walk(table: str, columns: list[str], joined: list[str]) -> str:
    """That a table is read from end to end: the line of a plan that `missing-index` reads."""
    return f"SCAN {table} BY {', '.join(dict.fromkeys(columns + joined))}"


def search(table: str, index: str) -> str:
    """That an index is used."""
    return f"SEARCH {table} USING {index}"
