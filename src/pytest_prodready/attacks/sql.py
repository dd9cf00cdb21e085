"""SQL: input that becomes part of a statement. Bound parameters never do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..payloads import SQL, filled
from ..trace import Attempt, Call, Sink
from . import Attack, Leaf
from .arguments import is_plain

#: Tokens of all dialects at once; a literal or comment without its end goes on to the end of the statement.
TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>--[^\n]*|/\*.*?(?:\*/|(?P<open_comment>\Z)))
    |(?P<text>[eEnNbBxX]?'(?:[^']|'')*(?:'|(?P<open_text>\Z)))
    |(?P<quoted>"(?:[^"]|"")*(?:"|(?P<open_quoted>\Z))|`[^`]*(?:`|\Z)|\[[^\]\n]*\])
    |(?P<dollar>\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|(?P<open_dollar>\Z)))
    |(?P<word>[^\W\d][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<other>.)""",
    re.S | re.X,
)
CLOSED = frozenset({"text", "quoted", "dollar", "comment"})
#: Statements that take parameters, and what a value stands behind where a name could not.
BINDS = re.compile(r"\s*(?:select|insert|update|delete|replace|with|merge)\b", re.I)
COMPARED = re.compile(r"[^\s\"](?:\s*[=<>]|\s+like)\s*\Z", re.I)


class Token(NamedTuple):
    """One token of a statement: its kind (a group of `TOKEN`), where it stands, and whether it has its end."""

    kind: str
    start: int
    end: int
    ended: bool


def tokens(statement: str) -> Iterator[Token]:
    """The tokens of a statement, without white space."""
    for match in TOKEN.finditer(statement):
        kind = next(
            name
            for name in ("space", "comment", "text", "quoted", "dollar", "word", "number", "other")
            if match[name] is not None
        )
        if kind != "space":
            ended = all(match[name] is None for name in ("open_comment", "open_text", "open_quoted", "open_dollar"))
            yield Token(kind, match.start(), match.end(), ended)


def foreign_tokens(statement: str, token: str) -> list[str]:
    """The tokens of the statement that the input with this token in it has brought; none where it stayed inside one."""
    return [statement[t.start : t.end] for t in _broken(statement, token)]


def _broken(statement: str, token: str) -> list[Token]:
    places = [match.start() for match in re.finditer(re.escape(token), statement, re.I)]
    touched = [t for t in tokens(statement) if any(t.start <= place < t.end for place in places)]
    return [t for t in touched if t.kind not in CLOSED or not t.ended]


def marked(statement: str, token: str) -> str:
    """The statement with its foreign tokens between » and «."""
    at, parts = 0, list[str]()
    for one in _broken(statement, token):
        parts += [statement[at : one.start], f"»{statement[one.start : one.end]}«"]
        at = one.end
    return "".join([*parts, statement[at:]])


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    for payload in SQL:
        yield leaf.around(filled(payload, token))


def _in_statement(call: Call, attempt: Attempt) -> Sink | None:
    if call.family != "db":
        return None
    if attempt.token.lower() not in call.statement.lower():
        # of a caller's own data the test may make what it likes later
        stored = call.effect and attempt.token in str(call.parameters) and not attempt.request.is_meant
        return Sink("store", call.statement, site=call.site) if stored else None
    if not attempt.attack and attempt.request.is_meant and not is_value(call.statement, attempt):
        return Sink("structure", call.statement, site=call.site)
    brought = foreign_tokens(call.statement, attempt.token)
    # a single word in place of another (a name of a column) changes nothing of the structure
    bites = attempt.attack == "sql-injection" and _changes(call.statement, attempt, brought)
    bites = bites and not is_own(call.statement, attempt)
    shown = marked(call.statement, attempt.token) if bites else ""
    return Sink("sql", call.statement, bites, bites, " ".join(brought), call.site, marked=shown)


def is_value(statement: str, attempt: Attempt) -> bool:
    """Whether an argument got to where values stand: a caller may choose a table, a column, a condition, a whole statement."""
    given = attempt.value if attempt.value in statement else attempt.token
    at = statement.lower().find(given.lower())
    found = next((one for one in tokens(statement) if one.start <= at < one.end), None)
    if found is None or BINDS.match(statement) is None:
        return False
    if found.kind == "quoted":  # to SQLite and MySQL a text too
        return statement[found.start] == '"' and COMPARED.search(statement[: found.start]) is not None
    return found.kind in ("text", "dollar", "number")


def is_own(statement: str, attempt: Attempt) -> bool:
    """Whether it is the whole statement that whoever runs a command gives: nothing is built of it."""
    return attempt.request.is_command and statement.strip() == attempt.value.strip()


def _changes(statement: str, attempt: Attempt, brought: list[str]) -> bool:
    if not brought:
        return False
    payload = attempt.value
    at = statement.lower().find(payload.lower())
    if at < 0:  # it was changed on its way
        return len(brought) > 1 or not brought[0].lower().endswith(attempt.token.lower())
    spanned = [t for t in tokens(statement) if t.start < at + len(payload) and t.end > at]
    return len(spanned) > 1 or not all(t.ended for t in spanned)


ATTACKS = [
    Attack(
        "sql-injection",
        "input that ends the literal it was put into, and goes on as SQL",
        values=_values,
        touches=frozenset({"sql", "store"}),
        spared=frozenset({"structure"}),
        of_commands=lambda leaf: True,
        of_calls=is_plain,
        calls=_in_statement,
        shrinks=True,
    )
]
