"""psycopg 3 against a real server: what is injected agrees with what was measured, and with the server's own failures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool, PoolTimeout
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import psycopg as seam
from pytest_prodready.seams.dbapi import state

from .conftest import Bench
from .measured import agree

WRITE = "INSERT INTO prodready_t VALUES (1)"


@pytest.fixture
def url(bench: Bench) -> Iterator[str]:
    found = need("PostgreSQL").url
    with psycopg.connect(found, autocommit=True) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS prodready_t (id int)")
    seams = Seams([seam.SEAM])
    seams.install()
    yield found
    seams.uninstall()


def after(conn: psycopg.Connection[Any]) -> dict[str, Any]:
    """What a connection can do next, in the words of the measurements."""

    def told(act: Callable[[], Any]) -> str:
        try:
            reply = act()
        except Exception as exc:
            return f"{type(exc).__module__}.{type(exc).__qualname__}: {exc}"
        return "ok" if reply is None else f"ok {[list(row) for row in reply]}"

    state = {
        "conn.closed": conn.closed,
        "conn.broken": conn.broken,
        "transaction_status": conn.info.transaction_status.name,
    }
    select = lambda: conn.execute("select 1").fetchall()  # noqa: E731
    nexts = {
        "execute select 1": told(select),
        "rollback": told(conn.rollback),
        "execute after rollback": told(select),
    }
    return {"state": state, "next": nexts}


def write(conn: psycopg.Connection[Any]) -> None:
    conn.execute(WRITE)


def commit(conn: psycopg.Connection[Any]) -> None:
    conn.execute(WRITE)
    conn.commit()


def block(conn: psycopg.Connection[Any]) -> None:
    with conn.transaction():
        conn.execute(WRITE)


ROWS = [
    ("db.connection-dropped", "write", write, "fin_mid_query"),
    ("db.connection-dropped", "write", write, "rst_mid_query"),
    ("db.connection-dropped", "write", write, "fin_idle"),
    ("db.connection-dropped", "commit", commit, "commit_drop_before_reached_fin"),
    ("db.commit-lost", "commit", commit, "commit_drop_after_reached_rst"),
    ("db.deadlock", "write", write, "deadlock_detected"),
    ("db.serialization-failure", "write", write, "serialization_failure_update"),
    ("db.serialization-failure", "commit", commit, "serialization_failure_at_commit"),
    ("db.serialization-failure", "commit", block, "serialization_failure_at_commit"),
    ("db.read-only", "write", write, "read_only_replica"),
    ("db.disk-full", "write", write, "disk_full"),
]


@pytest.mark.parametrize(("fault", "kind", "act", "row"), ROWS, ids=lambda value: getattr(value, "__name__", value))
def test_agrees_with_what_was_measured(bench: Bench, url: str, fault: str, kind: str, act: Any, row: str) -> None:
    with psycopg.connect(url) as conn:
        with bench.fault(fault, at=lambda call: call.kind == kind), pytest.raises(psycopg.Error) as caught:
            act(conn)
        agree("psycopg", row, caught.value, after(conn))


@pytest.mark.parametrize(
    ("fault", "row"),
    [("db.connection-refused", "connect_refused"), ("db.too-many-connections", "too_many_connections_server")],
)
def test_connecting(bench: Bench, url: str, fault: str, row: str) -> None:
    agree("psycopg", row, bench.struck_by(fault, lambda: psycopg.connect(url)))


@pytest.mark.parametrize(("fault", "kind", "act", "row"), ROWS[:8], ids=lambda value: getattr(value, "__name__", value))
def test_asynchronous(bench: Bench, url: str, fault: str, kind: str, act: Any, row: str) -> None:
    async def main() -> None:
        async with await psycopg.AsyncConnection.connect(url) as conn:
            with bench.fault(fault, at=lambda call: call.kind == kind), pytest.raises(psycopg.Error) as caught:  # noqa: PT012
                await conn.execute(WRITE)
                await conn.commit()
            agree("psycopg", row, caught.value)
            await conn.rollback() if not conn.closed else None

    asyncio.run(main())


def test_a_lost_commit_was_made(bench: Bench, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("DELETE FROM prodready_t")
        with psycopg.connect(url) as conn, bench.fault("db.commit-lost"), pytest.raises(psycopg.Error):
            commit(conn)
        assert other.execute("SELECT count(*) FROM prodready_t").fetchone() == (1,)


def test_as_the_server_really_cuts(bench: Bench, url: str) -> None:
    with psycopg.connect(url) as conn, psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 1000)", (conn.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError) as real:
            write(conn)
        state = after(conn)
    with psycopg.connect(url) as conn:
        with bench.fault("db.connection-dropped", at=lambda call: call.kind == "write"), pytest.raises(psycopg.Error):
            write(conn)
        assert after(conn) == state
    assert isinstance(real.value, psycopg.errors.AdminShutdown), "this one can say goodbye; a broken network cannot"


def test_as_the_server_really_times_out(bench: Bench, url: str) -> None:
    with psycopg.connect(url, options="-c statement_timeout=20") as conn:
        with pytest.raises(psycopg.Error) as real:
            conn.execute("SELECT pg_sleep(2)")
        state = after(conn)
    with psycopg.connect(url) as conn:
        with bench.fault("db.timeout"), pytest.raises(psycopg.Error) as injected:
            conn.execute(WRITE)
        assert after(conn) == state
    assert (type(injected.value), injected.value.args) == (type(real.value), real.value.args)


def test_one_call_each(bench: Bench, url: str) -> None:
    with psycopg.connect(url) as conn:
        conn.execute(WRITE)
        with conn.cursor() as cursor:
            cursor.executemany("INSERT INTO prodready_t VALUES (%s)", [(1,), (2,)])
        assert len(conn.execute("SELECT id FROM prodready_t LIMIT 2").fetchall()) == 2
    kinds = [(call.kind, call.operation) for call in bench.calls]
    assert kinds == [
        ("connect", "connect"),
        ("write", "write prodready_t"),
        ("write", "write prodready_t"),
        ("read", "read prodready_t"),
        ("commit", "commit"),
    ]
    assert bench.calls[2].many
    assert bench.calls[3].rows == 2


def test_a_pool_says_that_it_waited_in_vain(bench: Bench, url: str) -> None:
    with ConnectionPool(url, min_size=1, timeout=7, open=True) as pool:
        with bench.fault("db.connection-refused"), pytest.raises(PoolTimeout) as caught, pool.connection():
            pass
        assert str(caught.value) == "couldn't get a connection after 7.00 sec"
        assert bench.clock.passed == [7]
        with bench.fault("db.connection-dropped"), pytest.raises(psycopg.OperationalError), pool.connection() as conn:
            conn.execute(WRITE)
        with pool.connection() as conn:
            assert conn.execute("SELECT 1").fetchone() == (1,)


def test_a_transaction_of_the_tests_is_not_cut(bench: Bench, url: str) -> None:
    """Django's seam puts another connection in its place, and that one is lost."""
    with psycopg.connect(url) as conn:
        other = psycopg.connect(url)
        state(conn).surrounded = lambda: True
        state(conn).stands_in = lambda: other
        with bench.fault("db.connection-dropped"), pytest.raises(psycopg.OperationalError):
            conn.execute(WRITE)
        assert (other.closed, conn.closed) == (True, False)
        assert conn.execute("SELECT 1").fetchone() == (1,)
