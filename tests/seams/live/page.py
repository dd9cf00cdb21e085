"""The page of the documentation on all this: `python -m tests.seams.live.page` writes it anew."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from .. import (
    test_live_files,
    test_live_http,
    test_live_mail,
    test_live_mariadb,
    test_live_postgresql,
    test_live_redis,
    test_live_sqlite,
)
from . import Pair
from .known import KNOWN

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "fidelity.md"
PARTS = {
    "PostgreSQL": test_live_postgresql,
    "MariaDB and MySQL": test_live_mariadb,
    "SQLite": test_live_sqlite,
    "Redis": test_live_redis,
    "HTTP": test_live_http,
    "Mail": test_live_mail,
    "Files": test_live_files,
}
HEAD = """# Injected and real failures

`tests/seams/test_live_*.py` brings about each failure below for real: over a proxy that cuts, stalls and refuses, with locks and
limits of a real server, with servers that misbehave, on full and forbidden files. It compares what an application sees of it with
what it sees of the injected one: the class with its MRO, arguments, text, all attributes, the chain of causes and contexts, the state of
connection, transaction, session and pool, what `execute`, `commit`, `rollback` and `close` do then (once for an application that gives
its transaction up, once for one that goes on and commits), what the next request, command or connection gets, and what is in the
database in the end. Only addresses, ports, process numbers and the like are not compared. Every run of the tests prints the table.

`tests/seams/test_fidelity.py` compares the injected exceptions with measurements of many more ways in which the same clients failed; how many
rows have a fault, agree with it, or are another real form of it, and what form, is printed by every run too.

A failure has one canonical form here, and that is injected. What is not in the tables: `db.commit-lost` of SQLite, which is a COMMIT
whose directory could not be synchronised, cannot be brought about at will; the faults of `reply`, `payment` and `clock` raise nothing themselves.

"""


def pairs() -> dict[Pair, str]:
    return {pair: said(form) for module in PARTS.values() for pair, form in module.PAIRS.items()}  # type: ignore[attr-defined]


def said(form: Any) -> str:
    return form if isinstance(form, str) else form[0] if isinstance(form, tuple) else str(form.what)


def text() -> str:
    """The page, as it has to be."""
    found = pairs()
    parts = [HEAD, f"{len(found)} pairs of client and failure are compared; {len(found) - len(KNOWN)} agree wholly.\n"]
    for title, module in PARTS.items():
        mine: dict[Pair, Any] = module.PAIRS  # type: ignore[attr-defined]
        clients = list(dict.fromkeys(pair.client for pair in mine))
        parts.append(f"\n## {title}\n\nClients: {', '.join(f'`{one}`' for one in clients)}.\n")
        parts.append("\n| fault | call | canonical form | clients |\n|---|---|---|---|\n")
        rows = sorted((pair.fault, pair.kind, said(form), pair.client) for pair, form in mine.items())
        for (fault, kind, form), group in groupby(rows, lambda row: row[:3]):
            having = [row[3] for row in group]
            who = "all" if len(having) == len(clients) else ", ".join(f"`{one}`" for one in having)
            parts.append(f"| `{fault}` | {kind} | {form} | {who} |\n")
    parts.append("\n## What differs\n\n")
    if not KNOWN:
        parts.append("Nothing that is compared.\n")
    else:
        parts.append("| client | fault | call | why |\n|---|---|---|---|\n")
        parts += [f"| `{client}` | `{fault}` | {kind} | {why} |\n" for (client, fault, kind), (_, why) in KNOWN.items()]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(text())
