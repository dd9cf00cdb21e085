"""psycopg2, PyMySQL, mysqlclient and asyncpg against real servers: what is injected agrees with what was measured."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from typing import Any

import asyncpg
import psycopg2
import pymysql
import pytest
from tests.servers import Server, need

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import mysqlclient as mysqlclient_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import pymysql as pymysql_seam
from pytest_prodready.seams.dbapi import patience, state
from pytest_prodready.trace import Call

from .conftest import Bench
from .measured import agree, name_of

WRITE = "INSERT INTO prodready_t VALUES (1)"
READ = "SELECT id FROM prodready_t LIMIT 2"
TABLE = "CREATE TABLE IF NOT EXISTS prodready_t (id int)"


@pytest.fixture
def seams(bench: Bench) -> Iterator[None]:
    seams = Seams([psycopg2_seam.SEAM, pymysql_seam.SEAM, mysqlclient_seam.SEAM, asyncpg_seam.SEAM])
    seams.install()
    yield
    seams.uninstall()


def connect(driver: str) -> Any:
    if driver == "psycopg2":
        return psycopg2.connect(need("PostgreSQL").url)
    module: Any = pymysql if driver == "pymysql" else mysqlclient()
    server = need("MariaDB")
    return module.connect(
        host=server.host, port=server.port, user=server.user, password=server.password, database=server.database
    )


def mysqlclient() -> Any:
    """It is built from C with the headers of a server, and so is no part of what `make test` installs."""
    module = pytest.importorskip("MySQLdb", reason="mysqlclient is not installed")
    if module.__name__ != "MySQLdb":
        pytest.skip("PyMySQL has the name of mysqlclient in this process")
    return module


def told(exc: BaseException) -> str:
    return f"{name_of(type(exc))}: {exc}"


def after(conn: Any) -> dict[str, Any]:
    """What a connection can do next, in the words of the measurements."""

    def select() -> str:
        with conn.cursor() as cursor:
            cursor.execute("select 1")
            return f"ok {[list(row) for row in cursor.fetchall()]}"

    def tell(act: Callable[[], Any]) -> str:
        try:
            return act() or "ok"
        except Exception as exc:
            return told(exc)

    if isinstance(conn, pymysql.connections.Connection):
        state = {"conn.open": conn.open, "conn._sock is None": conn._sock is None, "conn._closed": conn._closed}
    elif hasattr(conn, "open"):
        state = {"conn.open": conn.open}
    else:
        state = {"conn.closed": conn.closed, "transaction_status": conn.info.transaction_status}
    nexts = {
        "execute select 1": tell(select),
        "rollback": tell(conn.rollback),
        "execute after rollback": tell(select),
    }
    return {"state": state, "next": nexts}


def is_(kind: str) -> Callable[[Call], bool]:
    return lambda call: call.kind == kind


ROWS = [
    ("psycopg2", "db.connection-dropped", "write", "fin_mid_query"),
    ("psycopg2", "db.connection-dropped", "commit", "commit_drop_before_reached_rst"),
    ("psycopg2", "db.commit-lost", "commit", "commit_drop_after_reached_fin"),
    ("psycopg2", "db.timeout", "write", "statement_timeout"),
    ("psycopg2", "db.deadlock", "write", "deadlock_detected"),
    ("psycopg2", "db.serialization-failure", "commit", "serialization_failure_at_commit"),
    ("psycopg2", "db.read-only", "write", "read_only_transaction"),
    ("psycopg2", "db.disk-full", "write", "disk_full"),
    ("psycopg2", "db.connection-refused", "connect", "connect_refused"),
    ("psycopg2", "db.too-many-connections", "connect", "too_many_connections_server"),
    ("pymysql", "db.connection-dropped", "write", "fin_mid_query"),
    ("pymysql", "db.connection-dropped", "write", "fin_idle"),
    ("pymysql", "db.connection-dropped", "commit", "commit_drop_before_reached_fin"),
    ("pymysql", "db.commit-lost", "commit", "commit_drop_after_reached_fin"),
    ("pymysql", "db.timeout", "write", "lock_wait_timeout"),
    ("pymysql", "db.timeout", "read", "statement_timeout"),
    ("pymysql", "db.deadlock", "write", "deadlock"),
    ("pymysql", "db.read-only", "write", "read_only_server"),
    ("pymysql", "db.disk-full", "write", "table_full"),
    ("pymysql", "db.connection-refused", "connect", "connect_refused"),
    ("pymysql", "db.too-many-connections", "connect", "too_many_connections_server"),
    ("mysqlclient", "db.connection-dropped", "write", "fin_idle"),
    ("mysqlclient", "db.connection-dropped", "commit", "commit_drop_before_reached_fin"),
    ("mysqlclient", "db.commit-lost", "commit", "commit_drop_after_reached_fin"),
    ("mysqlclient", "db.timeout", "write", "lock_wait_timeout"),
    ("mysqlclient", "db.deadlock", "write", "deadlock"),
    ("mysqlclient", "db.read-only", "write", "read_only_server"),
    ("mysqlclient", "db.disk-full", "write", "table_full"),
    ("mysqlclient", "db.connection-refused", "connect", "connect_refused"),
    ("mysqlclient", "db.too-many-connections", "connect", "too_many_connections_server"),
    ("asyncpg", "db.connection-dropped", "write", "fin_mid_query"),
    ("asyncpg", "db.timeout", "write", "statement_timeout"),
    ("asyncpg", "db.deadlock", "write", "deadlock_detected"),
    ("asyncpg", "db.serialization-failure", "write", "serialization_failure_update"),
    ("asyncpg", "db.read-only", "write", "read_only_transaction"),
    ("asyncpg", "db.disk-full", "write", "disk_full"),
    ("asyncpg", "db.connection-refused", "connect", "connect_refused"),
    ("asyncpg", "db.too-many-connections", "connect", "too_many_connections_server"),
]


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize(("driver", "fault", "kind", "row"), ROWS, ids=lambda value: str(value).removeprefix("db."))
def test_agrees_with_what_was_measured(bench: Bench, driver: str, fault: str, kind: str, row: str) -> None:
    if driver == "mysqlclient":
        mysqlclient()
    if driver == "asyncpg":
        agree(driver, row, *asyncio.run(_asyncpg(bench, fault, kind)))
    elif kind == "connect":
        agree(driver, row, bench.struck_by(fault, lambda: connect(driver)))
    else:
        agree(driver, row, *_work(bench, connect(driver), fault, kind))


def _work(bench: Bench, conn: Any, fault: str, kind: str) -> tuple[BaseException, dict[str, Any]]:
    with conn.cursor() as cursor:
        cursor.execute(TABLE)
        conn.commit()
        with bench.fault(fault, at=is_(kind)), pytest.raises(Exception) as caught:  # noqa: PT011, PT012
            cursor.execute(READ if kind == "read" else WRITE)
            conn.commit()
    try:
        return caught.value, after(conn)
    finally:
        if not isinstance(conn, pymysql.connections.Connection) or conn.open:
            conn.close()


async def _asyncpg(bench: Bench, fault: str, kind: str) -> tuple[BaseException, dict[str, Any] | None]:
    url = need("PostgreSQL").url
    if kind == "connect":
        with bench.fault(fault), pytest.raises(Exception) as caught:  # noqa: PT011
            await asyncpg.connect(url)
        return caught.value, None
    conn = await asyncpg.connect(url)
    try:
        await conn.execute(TABLE)
        transaction = conn.transaction()
        await transaction.start()
        with bench.fault(fault, at=is_(kind)), pytest.raises(Exception) as caught:  # noqa: PT011, PT012
            await conn.execute(WRITE)
            await transaction.commit()
        state = {"conn.is_closed()": conn.is_closed()}
        nexts = {"execute select 1": await _tell(lambda: conn.fetch("select 1"))}
        nexts["rollback"] = await _tell(transaction.rollback)
        nexts["execute after rollback"] = await _tell(lambda: conn.fetch("select 1"))
        return caught.value, {"state": state, "next": nexts}
    finally:
        await conn.close()


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize(
    ("fault", "error", "left"),
    [
        ("db.connection-dropped", asyncpg.ConnectionDoesNotExistError, 0),
        ("db.commit-lost", asyncpg.ConnectionDoesNotExistError, 1),
        ("db.serialization-failure", asyncpg.SerializationError, 0),
    ],
)
def test_a_commit_of_asyncpg(bench: Bench, fault: str, error: type[Exception], left: int) -> None:
    async def main() -> None:
        conn, other = [await asyncpg.connect(need("PostgreSQL").url) for _ in range(2)]
        await other.execute(TABLE)
        await other.execute("DELETE FROM prodready_t")
        with bench.fault(fault, at=is_("commit")), pytest.raises(error):
            async with conn.transaction():
                await conn.execute(WRITE)
        assert await other.fetchval("SELECT count(*) FROM prodready_t") == left
        assert conn.is_closed() == (error is asyncpg.ConnectionDoesNotExistError)
        await conn.close()
        await other.close()

    asyncio.run(main())


async def _tell(act: Callable[[], Awaitable[Any]]) -> str:
    try:
        reply = await act()
    except Exception as exc:
        return told(exc)
    return "ok" if reply is None else f"ok {[list(row) for row in reply]}"


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize("driver", ["psycopg2", "pymysql", "mysqlclient"])
def test_one_call_each(bench: Bench, driver: str) -> None:
    conn = connect(driver)
    with conn.cursor() as cursor:
        cursor.execute(WRITE)
        cursor.executemany("INSERT INTO prodready_t VALUES (%s)", [(1,), (2,)])
        cursor.execute(READ)
        assert len(cursor.fetchall()) == 2
    conn.commit()
    conn.commit()
    conn.close()
    assert [(c.kind, c.operation, c.rows, c.many, c.failable) for c in bench.calls] == [
        ("connect", "connect", 0, False, True),
        ("write", "write prodready_t", 0, False, True),
        ("write", "write prodready_t", 0, True, True),
        ("read", "read prodready_t", 2, False, True),
        ("commit", "commit", 0, False, True),
        ("commit", "commit", 0, False, False),
    ]


@pytest.mark.usefixtures("seams")
def test_asyncpg_and_its_pool(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    server: Server = need("PostgreSQL")
    monkeypatch.setattr(hub, "run", 1)

    async def main() -> None:
        async with asyncpg.create_pool(server.url, min_size=1, max_size=2) as pool:
            async with pool.acquire() as conn, conn.transaction():
                await conn.execute(WRITE)
                assert len(await conn.fetch(READ)) > 0
            with bench.fault("db.connection-refused"), pytest.raises(ConnectionRefusedError):
                await pool.fetchval("SELECT 1")
            with bench.fault("db.connection-dropped", at=is_("read")), pytest.raises(asyncpg.PostgresError):
                await pool.fetchval("SELECT 1")
            assert await pool.fetchval("SELECT 1") == 1
            async with pool.acquire() as conn:
                with bench.fault("db.connection-dropped", at=is_("read")), pytest.raises(asyncpg.PostgresError):
                    await conn.fetchval("SELECT 1")
        taken = [lease.closed for lease in bench.trace.leases if lease.kind == "check-out"]
        assert taken == [True] * 4, "what is lost goes back by itself"

    asyncio.run(main())
    kinds = [call.kind for call in bench.calls if call.failable]
    assert kinds == [
        "connect",
        "connect",
        "write",
        "read",
        "commit",
        "connect",
        "connect",
        "read",
        "connect",
        "read",
        "connect",
        "read",
    ]


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize("driver", ["pymysql", "mysqlclient"])
def test_a_lock_that_is_not_given_leaves_earlier_writes(bench: Bench, driver: str) -> None:
    """MariaDB: after 1205 what was written before is there, after 1213 it is gone; a real lock says the same."""
    for fault, left in (("db.timeout", 1), ("db.deadlock", 0)):
        conn, other = connect(driver), connect(driver)
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM prodready_t")
            other.commit()
        with conn.cursor() as cursor:
            cursor.execute(WRITE)
            with bench.fault(fault, at=is_("write")), pytest.raises(Exception):  # noqa: B017, PT011
                cursor.execute("UPDATE prodready_t SET id = 2")
        conn.commit()
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM prodready_t")
            assert cursor.fetchone() == (left,)
        conn.close()
        other.close()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("SET statement_timeout = '5s'", 5.0),
        ("SET LOCAL lock_timeout TO 250", 0.25),
        ("user=a options='-c statement_timeout=2000'", 2.0),
        ("SET SESSION innodb_lock_wait_timeout = 7", 7.0),
        ("SET STATEMENT max_statement_time=1.5 FOR SELECT 1", 1.5),
        ("SET statement_timeout = 0", None),
        ("SELECT 1", None),
    ],
)
def test_how_long_a_statement_may_take(text: str, seconds: float | None) -> None:
    assert patience(text) == seconds


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize("driver", ["psycopg2", "pymysql", "mysqlclient"])
def test_a_timeout_takes_the_time_that_was_set(bench: Bench, driver: str) -> None:
    with closing(connect(driver)) as conn, closing(conn.cursor()) as cursor:
        cursor.execute({"psycopg2": "SET statement_timeout = '3s'"}.get(driver, "SET innodb_lock_wait_timeout = 3"))
        with bench.fault("db.timeout", at=lambda call: call.kind == "write"), pytest.raises(Exception):  # noqa: B017, PT011
            cursor.execute("INSERT INTO prodready_t VALUES (1)")
    assert bench.clock.passed == [3]


@pytest.mark.usefixtures("seams")
def test_a_timeout_takes_the_time_of_the_connection(bench: Bench) -> None:
    with closing(psycopg2.connect(need("PostgreSQL").url, options="-c statement_timeout=2000")) as conn:
        cursor = conn.cursor()
        with bench.fault("db.timeout"), pytest.raises(psycopg2.errors.QueryCanceled):
            cursor.execute("SELECT 1")
    assert bench.clock.passed == [2]


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize("driver", ["psycopg2", "pymysql"])
def test_a_lost_commit_says_the_same_whether_it_took_effect_or_not(bench: Bench, driver: str) -> None:
    said = []
    for fault, effect in (("db.connection-dropped", 0), ("db.commit-lost", 1)):
        with closing(connect(driver)) as other, closing(other.cursor()) as looking:
            looking.execute(TABLE)
            looking.execute("DELETE FROM prodready_t")
            other.commit()
            exc, after = _work(bench, connect(driver), fault, "commit")
            looking.execute("SELECT count(*) FROM prodready_t")
            assert looking.fetchone() == (effect,)
        said.append((type(exc), exc.args, after))
    assert said[0] == said[1]


@pytest.mark.usefixtures("seams")
def test_a_read_timeout_comes_before_a_longer_one_of_the_server(bench: Bench) -> None:
    for setting, number, seconds in (("9", 2013, 2), ("1", 1205, 1)):
        server = need("MariaDB")
        conn = pymysql.connect(
            host=server.host, port=server.port, user=server.user, password=server.password,
            database=server.database, read_timeout=2,
        )  # fmt: skip
        with conn.cursor() as cursor:
            cursor.execute(f"SET innodb_lock_wait_timeout = {setting}")
            with bench.fault("db.timeout", at=is_("write")), pytest.raises(pymysql.OperationalError) as caught:
                cursor.execute(WRITE)
        assert caught.value.args[0] == number
        assert bench.clock.passed.pop() == seconds
        assert conn.open == (number == 1205)
        conn.connect()
        with conn.cursor() as cursor:
            assert cursor.execute("SELECT SLEEP(0.01)") == 1
        conn.close()


@pytest.mark.usefixtures("seams")
def test_a_read_timeout_spares_a_transaction_of_the_tests(bench: Bench) -> None:
    server = need("MariaDB")
    settings: dict[str, Any] = {
        name: getattr(server, name) for name in ("host", "port", "user", "password", "database")
    }
    conn, other = (pymysql.connect(**settings, read_timeout=2) for _ in range(2))
    state(conn).surrounded, state(conn).stands_in = lambda: True, lambda: other
    with bench.fault("db.timeout", at=is_("write")), pytest.raises(pymysql.OperationalError), conn.cursor() as cursor:
        cursor.execute(WRITE)
    assert (other.open, conn.open) == (False, True)
    conn.close()


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize(
    ("begin", "final"), [(None, True), ("BEGIN", False), ("START TRANSACTION", False), ("begin()", False)]
)
def test_what_mysqlclient_commits_at_once(bench: Bench, begin: str | None, final: bool) -> None:
    """It does not tell whether a transaction is open: BEGIN is remembered until the transaction ends."""
    with closing(connect("mysqlclient")) as conn, closing(conn.cursor()) as cursor:
        cursor.execute(TABLE)
        conn.autocommit(True)
        for end in (conn.commit, conn.rollback):
            if begin == "begin()":
                conn.begin()
            elif begin is not None:
                cursor.execute(begin)
            cursor.execute(WRITE)
            assert bench.calls[-1].commits is final
            end()
            cursor.execute(WRITE)
            assert bench.calls[-1].commits


@pytest.mark.usefixtures("seams")
@pytest.mark.parametrize("where", ["localhost", "/run/of/mine.sock"])
def test_mysqlclient_over_a_socket_of_this_machine(bench: Bench, where: str) -> None:
    module = mysqlclient()
    place = {"unix_socket": where} if where.startswith("/") else {"host": where}
    refused = bench.struck_by("db.connection-refused", lambda: module.connect(**place))
    path = where if where.startswith("/") else "/run/mysqld/mysqld.sock"
    assert refused.args == (2002, f"Can't connect to local server through socket '{path}' (2)")


@pytest.mark.usefixtures("seams")
def test_pymysql_under_the_name_of_mysqlclient_is_one_library(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "MySQLdb", pymysql)
    seams = Seams([mysqlclient_seam.SEAM])
    seams.install()
    try:
        with closing(connect("pymysql")) as conn, closing(conn.cursor()) as cursor:
            cursor.execute(READ)
    finally:
        seams.uninstall()
    assert [(call.seam, call.kind) for call in bench.calls] == [("pymysql", "connect"), ("pymysql", "read")]
