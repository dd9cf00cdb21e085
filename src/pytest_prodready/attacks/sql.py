"""SQL: input that becomes part of a statement. Bound parameters never do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..payloads import SQL, filled
from ..trace import Attempt, Call, Sink
from . import Attack, Leaf

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
    places = [match.start() for match in re.finditer(re.escape(token), statement, re.I)]
    touched = [t for t in tokens(statement) if any(t.start <= place < t.end for place in places)]
    broken = [t for t in touched if t.kind not in CLOSED or not t.ended]
    return [statement[t.start : t.end] for t in broken]


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    for payload in SQL:
        yield leaf.around(filled(payload, token))


def _in_statement(call: Call, attempt: Attempt) -> Sink | None:
    if call.family != "db":
        return None
    if attempt.token.lower() not in call.statement.lower():
        stored = call.effect and attempt.token in str(call.parameters)
        return Sink("store", call.statement, site=call.site) if stored else None
    brought = foreign_tokens(call.statement, attempt.token)
    # a single word in place of another (a name of a column) changes nothing of the structure
    bites = attempt.attack == "sql-injection" and _changes(call.statement, attempt, brought)
    bites = bites and not is_own(call.statement, attempt)
    return Sink("sql", call.statement, bites, bites, " ".join(brought), call.site)


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
        of_commands=lambda leaf: True,
        calls=_in_statement,
    )
]
