"""The planners of real servers: what they say of statements, and that nobody notices that they were asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import psycopg
import psycopg2
import pymysql
import pytest
from tests.servers import need

from pytest_prodready.seams import Seams, hub, planners
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import mysqlclient as mysqlclient_seam
from pytest_prodready.seams import psycopg as psycopg_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import pymysql as pymysql_seam
from pytest_prodready.trace import Call

from .conftest import SITE, Bench
from .test_drivers import connect

SCHEMA = """
DROP TABLE IF EXISTS pr_plan_orders;
DROP TABLE IF EXISTS pr_plan_customers;
CREATE TABLE pr_plan_customers (id int PRIMARY KEY, email varchar(90));
CREATE TABLE pr_plan_orders (id int PRIMARY KEY, customer_id int, room int, day int, state varchar(9));
CREATE INDEX pr_plan_rooms ON pr_plan_orders (room, day);
INSERT INTO pr_plan_customers VALUES (1, 'a'), (2, 'b');
INSERT INTO pr_plan_orders VALUES (1, 1, 1, 1, 'x'), (2, 2, 2, 2, 'y')"""
ORDERS, CUSTOMERS = "FROM pr_plan_orders", "FROM pr_plan_customers"
#: A statement, and what is read from end to end for it.
STATEMENTS = [
    (f"SELECT id {ORDERS} WHERE customer_id = 1", "pr_plan_orders BY customer_id"),
    (f"SELECT id {ORDERS} o WHERE o.customer_id IN (1, 2) AND (state LIKE 'x%' OR state IS NULL)", "pr_plan_orders BY customer_id"),
    (f"SELECT id {ORDERS} WHERE customer_id = 1 ORDER BY id LIMIT 1", "pr_plan_orders BY customer_id"),
    (f"SELECT id {ORDERS} WHERE day = 1", "pr_plan_orders BY day"),
    ("UPDATE pr_plan_orders SET state = 'x' WHERE customer_id = 1", "pr_plan_orders BY customer_id"),
    (f"DELETE {ORDERS} WHERE customer_id = 1", "pr_plan_orders BY customer_id"),
    (f"SELECT c.id {CUSTOMERS} c LEFT JOIN pr_plan_orders o ON o.customer_id = c.id WHERE c.id > 1", "pr_plan_orders BY customer_id"),
    (f"SELECT c.id, (SELECT count(*) {ORDERS} o WHERE o.customer_id = c.id) {CUSTOMERS} c WHERE c.id > 1", "pr_plan_orders BY customer_id"),
    (f"SELECT id {ORDERS} WHERE id = 1", ""),
    (f"SELECT id {ORDERS} WHERE room = 1", ""),
    (f"SELECT id {ORDERS} WHERE id = 1 AND customer_id = 1", ""),
    (f"SELECT id {ORDERS} WHERE room = 1 AND customer_id = 1", ""),
    (f"SELECT id {ORDERS} WHERE customer_id = 1 OR day = 1", ""),
    (f"SELECT id {ORDERS} WHERE customer_id <> 1", ""),
    (f"SELECT id {ORDERS} WHERE lower(state) = 'x'", ""),
    (f"SELECT id {ORDERS} WHERE customer_id = day", ""),
    (f"SELECT o.id {ORDERS} o JOIN pr_plan_customers c ON c.id = o.customer_id", ""),
    (f"SELECT n FROM (SELECT count(*) AS n, customer_id {ORDERS} GROUP BY customer_id) t WHERE n = 2", ""),
    ("DELETE FROM pr_plan_orders WHERE id = 99", ""),
    (f"WITH few AS (SELECT id {ORDERS} WHERE room = 1) SELECT id FROM few WHERE id > 2", ""),
]  # fmt: skip


@pytest.fixture
def seams(bench: Bench) -> Iterator[None]:
    found = Seams([psycopg_seam.SEAM, psycopg2_seam.SEAM, pymysql_seam.SEAM, mysqlclient_seam.SEAM, asyncpg_seam.SEAM])
    found.install()
    hub.plans.clear()
    yield
    found.uninstall()
    hub.plans.clear()


def connect_psycopg() -> Any:
    return psycopg.connect(need("PostgreSQL").url)


def connect_psycopg2() -> Any:
    return psycopg2.connect(need("PostgreSQL").url)


def connect_pymysql() -> Any:
    server = need("MariaDB")
    return pymysql.connect(
        host=server.host, port=server.port, user=server.user, password=server.password, database=server.database
    )


def connect_mysqlclient() -> Any:
    return connect("mysqlclient")


#: What a test that failed left open: it holds locks.
opened: list[Any] = []


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    yield
    while opened:
        conn = opened.pop()
        if not getattr(conn, "_closed", False):  # PyMySQL closes once
            conn.close()


CONNECT = [connect_psycopg, connect_psycopg2, connect_pymysql, connect_mysqlclient]


def prepared(conn: Any) -> Any:
    opened.append(conn)
    with hub.quiet(), conn.cursor() as cursor:
        for statement in SCHEMA.split(";"):
            cursor.execute(statement)
        conn.commit()
    return conn


def walked(call: Call) -> list[str]:
    assert not call.unplanned
    assert call.plan
    return [line.removeprefix("SCAN ") for line in call.plan if " BY " in line]


@pytest.mark.parametrize("connect", CONNECT)
def test_statements(bench: Bench, seams: None, connect: Callable[[], Any]) -> None:
    conn = prepared(connect())
    with conn.cursor() as cursor:
        for sql, expected in STATEMENTS:
            cursor.execute(sql)
            assert walked(bench.calls[-1]) == ([expected] if expected else []), (sql, bench.calls[-1].plan)


def test_asyncpg(bench: Bench, seams: None) -> None:
    async def main() -> None:
        prepared(connect_psycopg()).close()
        conn = await asyncpg.connect(need("PostgreSQL").url)
        for begins in (False, True):
            hub.plans.clear()
            bench.trace.planned.clear()
            block = conn.transaction()
            if begins:
                await block.start()
            await conn.fetch(f"SELECT id {ORDERS} WHERE customer_id = $1", 1)
            assert walked(bench.calls[-1]) == ["pr_plan_orders BY customer_id"]
            await conn.fetch(f"SELECT id {ORDERS} WHERE room = ANY($1::int[])", [1, 2])
            assert walked(bench.calls[-1]) == []
            assert conn.is_in_transaction() is begins
            if begins:
                await block.rollback()
        await conn.close()

    asyncio.run(main())


def test_asynchronous_psycopg(bench: Bench, seams: None) -> None:
    async def main() -> None:
        prepared(connect_psycopg()).close()
        async with await psycopg.AsyncConnection.connect(need("PostgreSQL").url) as conn:
            await conn.execute(f"SELECT id {ORDERS} WHERE customer_id = %s", (1,))
            assert walked(bench.calls[-1]) == ["pr_plan_orders BY customer_id"]
            await conn.execute(f"SELECT id {ORDERS} WHERE room = %(room)s", {"room": 1})
            assert walked(bench.calls[-1]) == []

    asyncio.run(main())


# ---------------------------------------------------------------------------------------------- nobody notices
@pytest.mark.parametrize("connect", CONNECT)
def test_a_transaction_goes_on(bench: Bench, seams: None, connect: Callable[[], Any]) -> None:
    conn = prepared(connect())
    postgres = connect in (connect_psycopg, connect_psycopg2)
    with conn.cursor() as cursor:
        if postgres:
            cursor.execute("SET enable_mergejoin = off")
            cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("UPDATE pr_plan_orders SET state = 'kept' WHERE customer_id = %s", (1,))
        assert cursor.rowcount == 1
        cursor.execute("SELECT state FROM pr_plan_orders WHERE customer_id = %s", (1,))
        assert list(cursor.fetchall()) == [("kept",)]
        for name, value in [("mergejoin", "off"), ("hashjoin", "off"), ("seqscan", "on")] if postgres else []:
            cursor.execute(f"SHOW enable_{name}")
            assert cursor.fetchone() == (value,)
        conn.commit()
        cursor.execute("SELECT state FROM pr_plan_orders WHERE id = %s", (1,))
        assert list(cursor.fetchall()) == [("kept",)]
        if postgres:
            cursor.execute("SHOW enable_hashjoin")
            assert cursor.fetchone() == ("on",)


@pytest.mark.parametrize("connect", [connect_psycopg, connect_psycopg2])
def test_without_a_transaction_there_is_none_afterwards(bench: Bench, seams: None, connect: Callable[[], Any]) -> None:
    conn = prepared(connect())
    conn.autocommit = True
    with conn.cursor() as cursor:
        cursor.execute(f"SELECT id {ORDERS} WHERE customer_id = %s", (1,))
        assert walked(bench.calls[-1]) == ["pr_plan_orders BY customer_id"]
    assert conn.info.transaction_status == 0


@pytest.mark.parametrize("connect", CONNECT)
def test_a_planner_that_fails_spoils_nothing(
    bench: Bench, seams: None, connect: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    conn = prepared(connect())
    seams_of = zip(CONNECT, (psycopg_seam, psycopg2_seam, pymysql_seam, mysqlclient_seam), strict=True)
    library = dict(seams_of)[connect].LIBRARY
    broken = planners.Planner(
        library.planner.host, library.planner.busy, lambda conn, sql, given: library_steps(conn, "SELECT nonsense +", None),
        library.planner.send, library.planner.before,
    )  # fmt: skip
    library_steps = library.planner.steps
    object.__setattr__(library, "planner", broken)
    try:
        with conn.cursor() as cursor:
            cursor.execute("UPDATE pr_plan_orders SET state = 'kept' WHERE id = 1")
            assert "did not answer" in bench.calls[-1].unplanned
            cursor.execute("SELECT state FROM pr_plan_orders WHERE id = 1")
            assert list(cursor.fetchall()) == [("kept",)]
            conn.commit()
    finally:
        object.__setattr__(
            library,
            "planner",
            planners.Planner(broken.host, broken.busy, library_steps, broken.send, broken.before),
        )


def test_what_the_server_says_of_the_last_statement(bench: Bench, seams: None) -> None:
    conn = prepared(connect_pymysql())
    with conn.cursor() as cursor:
        cursor.execute("UPDATE pr_plan_orders SET state = 'new' WHERE customer_id = 1")
        cursor.execute("SELECT ROW_COUNT()")
        assert cursor.fetchone() == (1,)


# ------------------------------------------------------------------------------------------------ what is not asked
def call(sql: str = "SELECT id FROM t WHERE a = 1", seam: str = "psycopg") -> Call:
    made = Call(seam, "db", "read", "read t", statement=sql)
    made.site, made.phase = SITE, "call"
    return made


def planner(host: str = "localhost", busy: str = "") -> planners.Planner:
    def never(*args: Any) -> Any:
        raise AssertionError(args)

    return planners.Planner(lambda conn: host, lambda conn: busy, never, never)


@pytest.mark.parametrize(
    ("asked", "sql", "why"),
    [
        (None, "SELECT id FROM t WHERE a = 1", "nobody knows"),
        (planner("db.example"), "SELECT id FROM t WHERE a = 1", "--prodready-allow-host=db.example"),
        (planner(busy="the connection was in use"), "SELECT id FROM t WHERE a = 1", "in use"),
        (planner(), "SELECT id FROM t WHERE a = 1; DELETE FROM t", "several"),
        (planner("db.example"), "SELECT 1", ""),
        (planner("db.example"), "SELECT 1 FROM information_schema.tables WHERE table_name = 't'", ""),
        (planner("db.example"), "INSERT INTO t SELECT * FROM u WHERE a = 1", ""),
    ],
)
def test_why_there_is_no_plan(bench: Bench, asked: planners.Planner | None, sql: str, why: str) -> None:
    hub.plans.clear()
    made = call(sql)
    planners.ask(asked, made, None, None)
    assert made.plan == ()
    assert why in made.unplanned if why else made.unplanned == ""
    hub.plans.clear()


def test_a_semicolon_in_a_text_or_at_the_end_is_none() -> None:
    assert planners._refused(planner(), call("SELECT id FROM t WHERE a = 'x;y';"), None) == ""
