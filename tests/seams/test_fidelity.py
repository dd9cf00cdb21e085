"""Every measured failure for which there is a fault, against what is injected: which rows agree, and in what others differ."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import psycopg as psycopg_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import pymysql as pymysql_seam

from .conftest import Bench
from .measured import agree, rows
from .test_drivers import _asyncpg, _work, connect
from .test_psycopg import after

#: What was measured -> the fault that stands for it, and the kind of call; the first that matches counts.
FAULTS = [
    (r"tls|no_tx|blackhole|use_after|cancel_task|rollback$|pool", None, ""),
    (r"connect_refused", "db.connection-refused", "connect"),
    (r"too_many_connections", "db.too-many-connections", "connect"),
    (r"commit_drop_after", "db.commit-lost", "commit"),
    (r"commit_drop_before|then_commit", "db.connection-dropped", "commit"),
    (r"serialization_failure_at_commit", "db.serialization-failure", "commit"),
    (r"serialization|snapshot", "db.serialization-failure", "write"),
    (r"deadlock", "db.deadlock", "write"),
    (r"read_only", "db.read-only", "write"),
    (r"disk_full|table_full", "db.disk-full", "write"),
    (r"statement_timeout|lock_timeout|lock_wait|lock_nowait", "db.timeout", "write"),
    (r"(fin|rst)_|terminate|shutdown_mid|backend_killed|kill_connection|idle_\w*timeout|wait_timeout", "db.connection-dropped", "write"),
]  # fmt: skip


#: Of these no row agrees in everything.
KNOWN = {
    "psycopg": {("db.timeout", "write"): "measured only for locks, which have another class"},
    "asyncpg": {
        ("db.connection-dropped", "commit"): "measured only with a reset, which is a cause that a mere end has not",
        ("db.commit-lost", "commit"): "the same",
    },
    "pymysql": {
        ("db.serialization-failure", "write"): "a deadlock, but for a level of isolation that is off by default"
    },
}


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    modules = (psycopg_seam, psycopg2_seam, pymysql_seam, asyncpg_seam)
    seams = Seams([module.SEAM for module in modules])
    seams.install()
    yield
    seams.uninstall()


def fault_of(failure: str) -> tuple[str | None, str]:
    return next(((fault, kind) for pattern, fault, kind in FAULTS if re.search(pattern, failure)), (None, ""))


def inject(bench: Bench, driver: str, fault: str, kind: str) -> tuple[BaseException, dict[str, Any] | None]:
    """The exception, and what the connection can do next."""
    if driver == "asyncpg":
        return asyncio.run(_asyncpg(bench, fault, kind))
    if driver != "psycopg":
        if kind == "connect":
            return bench.struck_by(fault, lambda: connect(driver)), None
        return _work(bench, connect(driver), fault, kind)
    url = need("PostgreSQL").url
    if kind == "connect":
        return bench.struck_by(fault, lambda: psycopg.connect(url)), None
    with psycopg.connect(url) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS prodready_t (id int)")
        conn.commit()
        with bench.fault(fault, at=lambda call: call.kind == kind), pytest.raises(psycopg.Error) as caught:  # noqa: PT012
            conn.execute("INSERT INTO prodready_t VALUES (1)")
            conn.commit()
        return caught.value, after(conn)


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2", "asyncpg", "pymysql"])
def test_every_row(bench: Bench, driver: str, capsys: pytest.CaptureFixture[str]) -> None:
    made: dict[tuple[str, str], tuple[BaseException, dict[str, Any] | None]] = {}
    agreeing: dict[tuple[str, str], int] = {}
    table, covered = [], 0
    for (of, failure), row in sorted(rows().items()):
        fault, kind = fault_of(failure)
        if of != driver or fault is None or row["exception"] is None:
            continue
        covered += 1
        if (fault, kind) not in made:
            made[fault, kind] = inject(bench, driver, fault, kind)
        agreeing.setdefault((fault, kind), 0)
        try:
            agree(driver, failure, *made[fault, kind])
        except AssertionError as exc:
            said = str(exc).splitlines()[0]
            table.append(f"{driver:9} {fault:24} {kind:8} {failure:38} differs: {said[:90]}")
        else:
            agreeing[fault, kind] += 1
            table.append(f"{driver:9} {fault:24} {kind:8} {failure:38} agrees")
    with capsys.disabled():
        print("\n" + "\n".join(table))
        print(f"{driver}: {covered} rows of the measurements are covered by a fault, {sum(agreeing.values())} agree")
    assert [pair for pair, count in agreeing.items() if not count and pair not in KNOWN.get(driver, {})] == []
