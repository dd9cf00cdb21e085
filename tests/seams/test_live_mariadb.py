"""Every driver of MariaDB: each failure that a real server or network brings about, beside the one that is injected."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pymysql
import pytest
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import django_db as django_seam
from pytest_prodready.seams import pymysql as pymysql_seam
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam
from pytest_prodready.tcp_proxy import TcpProxy

from .conftest import Bench
from .live import Pair, compare, outcome, own
from .live.scenario import EARLIER, READ, UPDATE, Form, act
from .live.sql import Client, Django, PyMySQL, PyMySQLReading, Session, SQLAlchemy, of_mysql

CLIENTS: list[Callable[[], Client]] = [
    PyMySQL,
    lambda: SQLAlchemy("pymysql"),
    lambda: Session("pymysql"),
    lambda: Django("mysql"),
]
BY_NAME = {make().name: make for make in CLIENTS}
TABLES = (
    "CREATE TABLE live (id int PRIMARY KEY, n int) ENGINE=InnoDB",
    "CREATE TABLE earlier (id int) ENGINE=InnoDB",
    "SET max_heap_table_size = 16384",
    "CREATE TABLE full_table (id int, text char(250)) ENGINE=MEMORY",
)


class World:
    """A server with tables of our own, a connection beside the application's, a proxy."""

    root: Any = None  # an administrator, of a server of our own

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin = self.other()
        self.proxy = TcpProxy("127.0.0.1", self.admin.port, url)

    def other(self) -> Any:
        return pymysql.connect(**of_mysql(self.url), autocommit=True)

    def ask(self, *statements: str, of: Any = None) -> Any:
        with (of or self.admin).cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
            return cursor.fetchall()

    def fresh(self) -> None:
        self.ask("DELETE FROM live", "DELETE FROM earlier", "INSERT INTO live VALUES (1, 0), (2, 0)")

    def rows(self) -> Any:
        """What the application has done: a 9 is another's."""
        mine = "SELECT id, CASE n WHEN 9 THEN 0 ELSE n END FROM live UNION SELECT id, -1 FROM earlier ORDER BY 1, 2"
        return self.ask(mine)

    def close(self) -> None:
        self.proxy.close()
        self.admin.close()


# ---------------------------------------------------------------------------------------------------------- causes
def cut(**when: Any) -> Callable[[World, Client], Any]:
    return lambda world, client: world.proxy.cut(**when)


def refused(world: World, client: Client) -> Any:
    return world.proxy.refuse()


@contextmanager
def locked(world: World, client: Client) -> Iterator[None]:
    """Somebody else holds the row."""
    other = world.other()
    world.ask("BEGIN", "SELECT * FROM live WHERE id = 2 FOR UPDATE", of=other)
    yield
    other.close()


@contextmanager
def crossing(world: World, client: Client) -> Iterator[None]:
    """Another transaction has what this one wants, waits for what this one has, and has done more: this one is given up."""
    other = world.other()
    many = ", ".join(f"({number}, 9)" for number in range(100, 400))
    world.ask("BEGIN", f"INSERT INTO live VALUES {many}", "UPDATE live SET n = 9 WHERE id = 2", of=other)
    waiting = threading.Thread(target=world.ask, args=["UPDATE live SET n = 9 WHERE id = 1"], kwargs={"of": other})
    waiting.start()
    ask = f"SELECT state FROM information_schema.processlist WHERE id = {other.thread_id()}"
    while world.ask(ask) != (("Updating",),):
        time.sleep(0.002)
    time.sleep(0.03)  # from there to the lock
    yield
    waiting.join()
    other.close()  # which rolls back


@contextmanager
def nothing(world: World, client: Client) -> Iterator[None]:
    yield


@contextmanager
def filled(world: World, client: Client) -> Iterator[None]:
    """A table in memory takes no more than it was made for."""
    with suppress(pymysql.OperationalError):
        while True:
            world.ask("INSERT INTO full_table VALUES (1, '')")
    yield
    world.ask("DELETE FROM full_table")


@contextmanager
def crowded(world: World, client: Client) -> Iterator[None]:
    """All slots of a small server are taken."""
    others = []
    with suppress(pymysql.OperationalError):
        while True:
            others.append(world.other())
    yield
    for other in others:
        other.close()
    while True:
        with suppress(pymysql.OperationalError):
            return world.other().close()


@contextmanager
def replica(world: World, client: Client) -> Iterator[None]:
    """The server takes writes of its administrators only."""
    world.root.execute("SET GLOBAL read_only = 1")
    yield
    world.root.execute("SET GLOBAL read_only = 0")


@contextmanager
def silent(world: World, client: Client) -> Iterator[None]:
    """Nothing passes any more; the server learns only later that nobody is there."""
    with world.proxy.stall(match=b" live"):
        yield
    world.proxy.cut()


CUT_READ, CUT_WRITE = cut(match=b"FROM live"), cut(match=b"INTO live")
NO_WAIT = "SET innodb_lock_wait_timeout = 0"
FORMS = [
    Form("db.connection-refused", "connect", "nobody listens", refused, place="proxy"),
    Form("db.too-many-connections", "connect", "all slots are taken", crowded, place="small"),
    Form("db.connection-dropped", "read", "the connection ends (FIN) while the query waits", CUT_READ, statement=READ, place="proxy"),
    Form("db.connection-dropped", "write", "the connection ends (FIN) while the query waits", CUT_WRITE, place="proxy"),
    Form("db.connection-dropped", "commit", "the connection ends (FIN) before COMMIT reaches the server", cut(match=b"\x03COMMIT"), place="proxy"),
    Form("db.commit-lost", "commit", "the connection ends (FIN) when the server has committed", cut(match=b"\x03COMMIT", delivered=True), place="proxy"),
    Form("db.timeout", "read", "`max_statement_time`", nothing, (EARLIER, "SET max_statement_time = 0.03"), "SELECT n FROM live WHERE SLEEP(2) = 0"),
    Form("db.timeout", "write", "another transaction holds the lock for `innodb_lock_wait_timeout`", locked, (EARLIER, NO_WAIT), UPDATE),
    Form("db.deadlock", "write", "two transactions update two rows in another order", crossing, (EARLIER, "UPDATE live SET n = n + 1 WHERE id = 1"), UPDATE),
    Form("db.serialization-failure", "write", "a deadlock: InnoDB's serialisation is that of locks", crossing,
         (EARLIER, "SELECT n FROM live WHERE id = 1 LOCK IN SHARE MODE"), UPDATE),
    Form("db.read-only", "write", "the server is `read_only`", replica, place="small"),
    Form("db.disk-full", "write", "the table is full", filled, statement="INSERT INTO full_table VALUES (2, '')"),
]  # fmt: skip
READING = [
    Form("db.timeout", "read", "the server says nothing for `read_timeout`", silent, statement=READ, place="proxy"),
    Form("db.timeout", "write", "the server says nothing for `read_timeout`", silent, place="proxy"),
]
PAIRS = {Pair(name, form.fault, form.kind): form for name in BY_NAME for form in FORMS}
PAIRS |= {Pair(PyMySQLReading.name, form.fault, form.kind): form for form in READING}
BY_NAME[PyMySQLReading.name] = PyMySQLReading


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture(scope="module")
def usual() -> Iterator[World]:
    """The server that is there, with a database of our own."""
    server, name = need("MariaDB"), f"prodready_live_{os.getpid()}"
    with pymysql.connect(**of_mysql(server.url)) as conn, conn.cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE DATABASE {name}")
        world = World(urlsplit(server.url)._replace(path=f"/{name}").geturl())
        world.ask(*TABLES)
        yield world
        world.close()
        cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture(scope="module")
def small() -> Iterator[World]:
    """A server with few slots, which can be told to take no writes."""
    grant = "CREATE DATABASE app; CREATE USER app@'127.0.0.1'; GRANT ALL ON app.* TO app@'127.0.0.1'"
    with (
        own.mariadb("--max-connections=10") as server,
        pymysql.connect(**of_mysql(server.url), autocommit=True) as root,
        root.cursor() as cursor,
    ):
        for sql in grant.split("; "):
            cursor.execute(sql)
        world = World(f"mysql://app@127.0.0.1:{server.port}/app")
        world.ask(*TABLES)
        world.root = cursor
        yield world
        world.close()


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    seams = Seams([module.SEAM for module in (pymysql_seam, sqlalchemy_seam, django_seam)])
    seams.install()
    yield
    seams.uninstall()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(
    bench: Bench, pair: Pair, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    form = PAIRS[pair]
    world: World = request.getfixturevalue("small" if form.place == "small" else "usual")
    url = world.proxy.url if form.place == "proxy" else world.url
    real, injected = {}, {}
    for way, then in form.then.items():
        for seen, trouble in (
            (real, None),
            (injected, bench.fault(pair.fault, at=lambda call: call.kind == pair.kind)),
        ):
            client = BY_NAME[pair.client]()
            world.fresh()
            seen[way] = act(form, client, url, trouble or form.real(world, client), then)
            seen[way]["rows"] = outcome(world.rows)
            assert trouble is None or bench.struck, "it did not strike"
    compare(pair, real, injected, record_property)
