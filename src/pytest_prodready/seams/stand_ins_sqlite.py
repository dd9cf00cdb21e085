"""Stand-ins for sqlite3: what a call of a double of a connection does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..trace import Call
from . import hub
from .doubles import Double
from .sql import Statement, classify

STATEMENTS = frozenset({"execute", "executemany", "executescript"})


def is_constructor(steps: tuple[str, ...]) -> bool:
    return steps == ("connect",)


def report(
    double: Double,
    steps: tuple[str, ...],
    mock: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    do: Callable[[], Any],
) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    if steps == ("connect",):
        target = str(args[0] if args else kwargs.get("database", ""))
        double.made = {"target": target}
        return hub.around(lambda: _sqlite_call(Statement("connect", "connect"), "", target), None, do)
    if steps[:2] != ("connect", "()"):
        return do()
    rest = steps[2:]
    target = double.made.get("target", "")
    if rest == ("commit",) or (rest == ("__exit__",) and not any(args) and double.changed):
        failable, double.changed = double.changed, False
        call = _sqlite_call(Statement("commit", "commit"), "COMMIT", target)
        call.failable = failable
        return hub.around(lambda: call, mock, do)
    if rest in (("rollback",), ("close",)):
        double.changed = False
        return do()
    if rest[-1:] and rest[-1] in STATEMENTS and rest[:-1] in ((), ("cursor", "()")):
        sql = args[0] if args else kwargs.get("sql")
        if not isinstance(sql, str):
            return do()
        statement = classify(sql)
        if statement.kind == "rollback":
            return do()
        failable = True
        if rest[-1] == "executescript" and statement.kind not in ("read", "write"):
            statement = Statement("write", "write")
        elif statement.kind in ("begin", "other"):
            statement, failable = Statement("read", "read"), False
        call = _sqlite_call(statement, sql, target)
        call.failable = failable
        answer = hub.around(lambda: call, mock, do)
        double.changed = double.changed or statement.kind == "write"
        return answer
    return do()


def _sqlite_call(statement: Statement, sql: str, target: str) -> Call:
    return Call(
        seam="sqlite3", family="db", kind=statement.kind, operation=statement.operation, target=target,
        effect=statement.kind in ("write", "commit"), statement=sql,
    )  # fmt: skip
