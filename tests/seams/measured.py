"""What failures of real servers were measured to be (`measured.jsonl`), and whether an injected one agrees."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).with_name("measured.jsonl")
#: What differs from one server and one run to the next.
VARIES = re.compile(
    r"0x[0-9a-f]+|\d+|(?<=relation )\"\w+\"|pg_tblspc/\S+|base/\S+|for key '\S+'|table '\S+'|\[SQL: [\s\S]*|localhost"
)

#: Its `diag` is made in C of what the server sent, and tells the truth: the error was raised on purpose.
NOT_OF_PSYCOPG2 = ("source_file", "source_line", "source_function", "context")


@cache
def rows() -> dict[tuple[str, str], dict[str, Any]]:
    found = {}
    for line in FILE.read_text().splitlines():
        row = json.loads(line)
        found[row["driver"], row["failure"]] = row
    return found


def plain(text: Any) -> str:
    text = re.sub(r"pg_tblspc/[\w/]+|base/[\w/]+", "<file>", str(text).replace(" while calling a Python object", ""))
    return VARIES.sub("<x>", text)


def agree(driver: str, failure: str, exc: BaseException, after: dict[str, Any] | None = None) -> None:
    """The exception (type, MRO, text, arguments, codes, causes) and the state it leaves are those of the row."""
    row = rows().get((driver, failure))
    if row is None:
        pytest.fail(f"nothing was measured for {driver} {failure}", pytrace=False)
    assert [name_of(cls) for cls in type(exc).__mro__] == row["mro"], f"type: {row['mro'][0]} -> {name_of(type(exc))}"
    assert plain(exc) == plain(row["str"]), f"text: {plain(row['str'])!r} -> {plain(exc)!r}"
    for name in (
        "sqlstate",
        "pgcode",
        "errno",
        "sqlite_errorcode",
        "sqlite_errorname",
        "connection_invalidated",
        "code",
    ):
        if name in row["attrs"]:
            assert getattr(exc, name) == row["attrs"][name], f"{name}: {row['attrs'][name]} -> {getattr(exc, name)}"
    for name, value in (row["attrs"].get("diag") or {}).items():
        if driver == "psycopg2" and name in NOT_OF_PSYCOPG2:
            continue
        assert plain(getattr(exc.diag, name)) == plain(value), f"diag.{name}"  # type: ignore[attr-defined]
    causes = []
    inner: BaseException | None = exc.__cause__ or exc.__context__
    while inner is not None:
        causes.append(name_of(type(inner)))
        inner = inner.__cause__ or inner.__context__
    measured = [link.get("type") or link.get("exception") for link in row["cause_chain"]]
    assert causes == measured, f"causes: {measured} -> {causes}"
    if after is not None:
        for what, known in (("state", row["state_after"] or {}), ("next", row["next_op"] or {})):
            found = {name: plain(value).rstrip() for name, value in after[what].items() if name in known}
            measured = {name: plain(known[name]).rstrip() for name in found}
            assert found == measured, what


def name_of(cls: type) -> str:
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
