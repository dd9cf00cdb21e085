"""Every driver of PostgreSQL: each failure that a real server or network brings about, beside the one that is injected."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import django_db as django_seam
from pytest_prodready.seams import psycopg as psycopg_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam
from pytest_prodready.tcp_proxy import TcpProxy

from .conftest import Bench
from .live import Pair, compare, outcome, own
from .live.scenario import EARLIER, READ, UPDATE, Form, act
from .live.sql import (
    Asyncpg,
    AsyncpgPool,
    Client,
    Django,
    Psycopg,
    Psycopg2,
    PsycopgAsync,
    PsycopgPool,
    PsycopgPoolAsync,
    Session,
    SQLAlchemy,
    SQLAlchemyAsync,
)
from .test_live_http import authority  # noqa: F401

CLIENTS: list[Callable[[], Client]] = [
    Psycopg,
    PsycopgAsync,
    PsycopgPool,
    PsycopgPoolAsync,
    Psycopg2,
    Asyncpg,
    AsyncpgPool,
    lambda: SQLAlchemy("psycopg"),
    lambda: SQLAlchemyAsync("psycopg"),
    lambda: SQLAlchemy("psycopg2"),
    lambda: SQLAlchemyAsync("asyncpg"),
    lambda: Session("psycopg"),
    lambda: Session("psycopg2"),
    lambda: Django("postgresql"),
]
BY_NAME = {make().name: make for make in CLIENTS}


class World:
    """A server with tables of our own, a connection beside the application's, a proxy."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin = psycopg.connect(url, autocommit=True)
        self.proxy = TcpProxy("127.0.0.1", self.admin.info.port, url)

    def fresh(self) -> None:
        self.admin.execute("DELETE FROM live; DELETE FROM earlier; INSERT INTO live VALUES (1, 0), (2, 0)")

    def rows(self) -> Any:
        """What the application has done: a 9 is another's."""
        ask = "SELECT id, CASE n WHEN 9 THEN 0 ELSE n END FROM live UNION SELECT id, -1 FROM earlier ORDER BY 1, 2"
        return self.admin.execute(ask).fetchall()

    def close(self) -> None:
        self.proxy.close()
        self.admin.close()


TABLES = "CREATE TABLE live (id int PRIMARY KEY, n int); CREATE TABLE earlier (id int)"


# ---------------------------------------------------------------------------------------------------------- causes
def cut(**when: Any) -> Callable[[World, Client], Any]:
    return lambda world, client: world.proxy.cut(**when)


@contextmanager
def locked(world: World, client: Client) -> Iterator[None]:
    """Somebody else holds the table."""
    with psycopg.connect(world.url) as other:
        other.execute("LOCK TABLE live IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def crossing(world: World, client: Client) -> Iterator[None]:
    """Another transaction has what this one wants, and waits for what this one has."""
    with psycopg.connect(world.url) as other:
        other.execute("UPDATE live SET n = n + 1 WHERE id = 2")
        waiting = threading.Thread(target=lambda: other.execute("UPDATE live SET n = n + 1 WHERE id = 1"))
        waiting.start()
        pid = other.info.backend_pid
        ask = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
        while world.admin.execute(ask, [pid]).fetchone() is None:
            time.sleep(0.002)
        yield
        waiting.join()
        other.rollback()


@contextmanager
def overtaken(world: World, client: Client) -> Iterator[None]:
    """Another transaction changes what this one has seen."""
    world.admin.execute("UPDATE live SET n = 9 WHERE id = 2")
    yield


@contextmanager
def skewed(world: World, client: Client) -> Iterator[None]:
    """Two transactions write what the other one has read; the other one commits first."""
    with psycopg.connect(world.url) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        other.execute("SELECT count(*) FROM earlier")
        other.execute("UPDATE live SET n = 9 WHERE id = 1")
        other.commit()
        yield


@contextmanager
def nothing(world: World, client: Client) -> Iterator[None]:
    yield


@contextmanager
def crowded(world: World, client: Client) -> Iterator[None]:
    """All slots of a small server are taken."""
    others = []
    try:
        with suppress(psycopg.OperationalError):
            while True:
                others.append(psycopg.connect(world.url))
        yield
    finally:
        pids = [other.info.backend_pid for other in others]
        for other in others:
            other.close()
        ask = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        while world.admin.execute(ask, [pids]).fetchone() != (0,):
            time.sleep(0.002)


def refused(world: World, client: Client) -> Any:
    return world.proxy.refuse()


CUT_READ, CUT_WRITE = cut(match=b"FROM live"), cut(match=b"INTO live")
REPEATABLE, SERIALIZABLE = ("SET TRANSACTION ISOLATION LEVEL " + level for level in ("REPEATABLE READ", "SERIALIZABLE"))
FORMS = [
    Form("db.connection-refused", "connect", "nobody listens", refused, place="proxy"),
    Form("db.too-many-connections", "connect", "all slots but those of superusers are taken", crowded, place="small"),
    Form("db.connection-dropped", "read", "the connection ends (FIN) while the query waits", CUT_READ, statement=READ, place="proxy"),
    Form("db.connection-dropped", "write", "the connection ends (FIN) while the query waits", CUT_WRITE, place="proxy"),
    Form("db.connection-dropped", "commit", "the connection ends (FIN) before COMMIT reaches the server", cut(match=b"COMMIT"), place="proxy"),
    Form("db.commit-lost", "commit", "the connection ends (FIN) when the server has committed", cut(match=b"COMMIT", of="answer"), place="proxy"),
    Form("db.timeout", "read", "`statement_timeout`", locked, (EARLIER, "SET statement_timeout = 30"), READ),
    Form("db.timeout", "write", "`statement_timeout`", locked, (EARLIER, "SET statement_timeout = 30")),
    Form("db.deadlock", "write", "two transactions update two rows in another order", crossing,
         ("SET deadlock_timeout = '1ms'", EARLIER, "UPDATE live SET n = n + 1 WHERE id = 1"), UPDATE),
    Form("db.serialization-failure", "write", "`REPEATABLE READ`: the row was changed since", overtaken,
         (REPEATABLE, READ, EARLIER), UPDATE),
    Form("db.serialization-failure", "commit", "`SERIALIZABLE`: each wrote what the other one had read", skewed,
         (SERIALIZABLE, READ, EARLIER)),
    Form("db.read-only", "write", "the transaction is read-only", nothing, (EARLIER, "SET TRANSACTION READ ONLY")),
    Form("db.disk-full", "write", "the file of the table cannot grow (`ENOSPC`)", nothing, statement="INSERT INTO full_disk VALUES (1, 0)", place="small"),
]  # fmt: skip
PAIRS = {Pair(name, form.fault, form.kind): form for name in BY_NAME for form in FORMS}


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture(scope="module")
def usual() -> Iterator[World]:
    """The server that is there, with a database of our own."""
    server = need("PostgreSQL")
    name = f"prodready_live_{os.getpid()}"
    with psycopg.connect(server.url, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {name}")
        conn.execute(f"CREATE DATABASE {name}")
        world = World(urlsplit(server.url)._replace(path=f"/{name}").geturl())
        world.admin.execute(TABLES)
        yield world
        world.close()
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def small() -> Iterator[World]:
    """A server with few slots, and a table on a device that has no room."""
    with own.postgres("max_connections=8", "superuser_reserved_connections=4") as server:
        with psycopg.connect(server.url, autocommit=True) as conn:
            conn.execute("CREATE ROLE app LOGIN; GRANT ALL ON SCHEMA public TO public")
            conn.execute("CREATE TABLE full_disk (id int, n int)")
            conn.execute(TABLES + "; GRANT ALL ON ALL TABLES IN SCHEMA public TO app")
            ask = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('full_disk')"
            (path,) = conn.execute(ask).fetchone() or ("",)
            os.remove(path)
            os.symlink("/dev/full", path)
        world = World(server.url)
        world.url = server.url.replace("postgres@", "app@")
        yield world
        world.close()


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    modules = (psycopg_seam, psycopg2_seam, asyncpg_seam, sqlalchemy_seam, django_seam)
    seams = Seams([module.SEAM for module in modules])
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


# ------------------------------------------------------------------------------------------------- an encrypted wire
@pytest.fixture(scope="module")
def encrypted(authority: tuple[Path, Path, Path]) -> Iterator[str]:  # noqa: F811
    """Where libpq's socket cannot be spoken to in clear text."""
    folder = Path(tempfile.mkdtemp(prefix="prodready-tls-"))
    try:
        for path in authority[1:]:
            shutil.copy(path, folder)
            (folder / path.name).chmod(0o600)
        if os.getuid() == 0:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        settings = f"ssl_cert_file={folder}/{authority[1].name}", f"ssl_key_file={folder}/{authority[2].name}"
        with own.postgres("ssl=on", *settings) as server:
            yield f"{server.url}?sslmode=require"
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("make", [Psycopg, PsycopgAsync, Psycopg2], ids=lambda make: make.name)
def test_over_tls(bench: Bench, make: Callable[[], Client], encrypted: str) -> None:
    """The words and codes are the same; what cannot be put into an error from outside is told in the documentation."""
    client = make()
    client.connect(encrypted)
    client.execute("CREATE TABLE IF NOT EXISTS live (id int PRIMARY KEY, n int)")
    client.commit()
    for fault, kind, code, text in (
        ("db.read-only", "write", "25006", "cannot execute INSERT in a read-only transaction"),
        ("db.serialization-failure", "commit", "40001", "could not serialize access due to read/write dependencies"),
    ):
        with bench.fault(fault, at=lambda call: call.kind == kind), pytest.raises(Exception) as caught:  # noqa: PT011, PT012, B023
            client.execute("INSERT INTO live VALUES (3, 0)")
            client.commit()
        assert str(caught.value).startswith(text)
        assert getattr(caught.value, "sqlstate" if "psycopg2" not in client.name else "pgcode") == code
        client.rollback()
        assert client.execute("SELECT count(*) FROM live") == [[0]]
        client.commit()
    client.over()
