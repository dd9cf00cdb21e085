"""SQLAlchemy and Django above a server whose connection is lost: wrapped, invalidated and replaced as in production."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import mysqlclient as mysqlclient_seam
from pytest_prodready.seams import psycopg as psycopg_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import pymysql as pymysql_seam
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam

from .conftest import Bench
from .test_drivers import mysqlclient

WRITE = "INSERT INTO prodready_t VALUES (1)"
DRIVERS = {"psycopg": "PostgreSQL", "psycopg2": "PostgreSQL", "pymysql": "MariaDB", "mysqldb": "MariaDB"}


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    modules = (psycopg_seam, psycopg2_seam, pymysql_seam, mysqlclient_seam, asyncpg_seam, sqlalchemy_seam)
    seams = Seams([module.SEAM for module in modules])
    seams.install()
    yield
    seams.uninstall()


def url(driver: str) -> str:
    scheme, _, rest = need(DRIVERS.get(driver, "PostgreSQL")).url.partition("://")
    return f"{'mysql' if scheme in ('mysql', 'mariadb') else 'postgresql'}+{driver}://{rest}"


@pytest.fixture(params=DRIVERS)
def engine(request: pytest.FixtureRequest) -> Iterator[sqlalchemy.Engine]:
    if request.param == "mysqldb":
        mysqlclient()
    engine = create_engine(url(request.param))
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE IF NOT EXISTS prodready_t (id int)"))
    yield engine
    engine.dispose()


def test_only_what_source_asks_for_is_a_call(bench: Bench, engine: sqlalchemy.Engine) -> None:
    kinds = [call.kind for call in bench.calls]
    assert kinds[0] == "connect"
    assert [call.statement for call in bench.calls if call.kind == "write"] == [
        "CREATE TABLE IF NOT EXISTS prodready_t (id int)"
    ]
    assert "read" not in [call.kind for call in bench.calls if call.failable], [c.statement for c in bench.calls]


def test_a_lost_connection(bench: Bench, engine: sqlalchemy.Engine) -> None:
    with engine.connect() as conn:
        dropped = bench.fault("db.connection-dropped", at=lambda call: call.kind == "write")
        with dropped, pytest.raises(OperationalError) as caught:
            conn.execute(text(WRITE))
        assert caught.value.connection_invalidated
        assert conn.invalidated
        assert not conn.closed
        with pytest.raises(PendingRollbackError):
            conn.execute(text("SELECT 1"))
        conn.rollback()
        assert conn.execute(text("SELECT 1")).scalar() == 1, "it has connected again"


def test_a_deadlock(bench: Bench, engine: sqlalchemy.Engine) -> None:
    with engine.connect() as conn:
        with (
            bench.fault("db.deadlock", at=lambda call: call.kind == "write"),
            pytest.raises(OperationalError) as caught,
        ):
            conn.execute(text(WRITE))
        assert not caught.value.connection_invalidated
        conn.rollback()
        assert conn.execute(text("SELECT 1")).scalar() == 1


def test_a_lost_commit(bench: Bench, engine: sqlalchemy.Engine) -> None:
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM prodready_t"))
    lost = bench.fault("db.commit-lost", at=lambda call: call.kind == "commit")
    with lost, pytest.raises(OperationalError), engine.begin() as conn:
        conn.execute(text(WRITE))
    with engine.connect() as conn:
        assert conn.execute(text("SELECT count(*) FROM prodready_t")).scalar() == 1


def test_asyncpg_is_wrapped_in_a_class_that_few_expect(bench: Bench) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    async def main() -> None:
        engine = create_async_engine(url("asyncpg"))
        async with engine.begin() as conn:
            await conn.execute(text("CREATE TABLE IF NOT EXISTS prodready_t (id int)"))
        for fault, invalidated in (("db.deadlock", False), ("db.connection-dropped", True)):
            async with engine.connect() as conn:
                with bench.fault(fault, at=lambda call: call.kind == "write"), pytest.raises(DBAPIError) as caught:
                    await conn.execute(text(WRITE))
                assert type(caught.value) is DBAPIError
                assert caught.value.connection_invalidated is invalidated
                await conn.rollback()
                assert (await conn.execute(text("SELECT 1"))).scalar() == 1
        await engine.dispose()

    asyncio.run(main())


DJANGO = """
import django
from django.conf import settings
from django.db import connection

settings.configure(DATABASES={{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "{database}",
    "HOST": "{host}", "PORT": {port}, "USER": "{user}", "PASSWORD": "{password}", "CONN_MAX_AGE": 60}}}}, INSTALLED_APPS=[])
django.setup()


def write():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO prodready_t VALUES (1)")
"""
DJANGO_TEST = """
import psycopg
import pytest
from app import connection, write
from django.db import close_old_connections
from django.db.utils import InternalError, OperationalError


@pytest.fixture(autouse=True)
def table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS prodready_t (id int)")


def test_dropped(faults):
    with faults.inject("db.connection-dropped", at="INSERT"), pytest.raises(OperationalError) as caught:
        write()
    assert type(caught.value.__cause__) is psycopg.OperationalError
    assert caught.value.args == caught.value.__cause__.args
    assert connection.errors_occurred
    assert not connection.is_usable()
    with pytest.raises(OperationalError, match="the connection is closed"):
        write()
    close_old_connections()
    write()


def test_read_only(faults):
    with faults.inject("db.read-only", at="INSERT"), pytest.raises(InternalError) as caught:
        write()
    assert caught.value.__cause__.sqlstate == "25006"
    write()


def test_refused(faults):
    connection.close()
    with faults.inject("db.connection-refused") as fault, pytest.raises(OperationalError, match="Connection refused"):
        write()
    assert fault.fired == 1


def test_calls(trace):
    connection.close()
    write()
    assert [call.kind for call in trace.all if call.kind != "other"][-2:] == ["connect", "write"]
"""


def test_django(pytester: pytest.Pytester) -> None:
    server: Any = need("PostgreSQL")
    values = {name: getattr(server, name) for name in ("database", "host", "port", "user", "password")}
    pytester.makepyfile(app=DJANGO.format(**values), test_app=DJANGO_TEST)
    pytester.runpytest_subprocess("-p", "no:django", "-p", "no:randomly", "--prodready-source=app.py").assert_outcomes(
        passed=4
    )


WITHIN = """
import <DRIVER>
<IMPORT>
from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.<BACKEND>", "NAME": "<DATABASE>",
    "HOST": "<HOST>", "PORT": <PORT>, "USER": "<USER>", "PASSWORD": "<PASSWORD>"}}, INSTALLED_APPS=[])
import django

django.setup()
from django.db import connection, transaction


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def work():
    with transaction.atomic():
        ask("INSERT INTO prodready_within VALUES (2)")
"""
WITHIN_TEST = """
import pytest
from app import ask, connection, work
from django.db.utils import OperationalError
from django.test import TestCase


class Within(TestCase):
    @classmethod
    def setUpClass(cls):
        ask("CREATE TABLE IF NOT EXISTS prodready_within (id int)")
        ask("DELETE FROM prodready_within")
        super().setUpClass()

    @pytest.fixture(autouse=True)
    def _faults(self, faults):
        self.faults = faults

    def setUp(self):
        ask("INSERT INTO prodready_within VALUES (1)")

    def lost(self, fault):
        raw = connection.connection
        with self.faults.inject(fault, at="commit") as struck, pytest.raises(OperationalError) as caught:
            work()
        assert struck.fired == 1
        assert connection.connection is raw
        found = [row[0] for row in ask("SELECT id FROM prodready_within ORDER BY id")]
        work()
        assert len(ask("SELECT id FROM prodready_within")) == len(found) + 1
        return type(caught.value.__cause__), found

    def test_before_and_after_the_effect(self):
        before, left = self.lost("db.connection-dropped")
        assert left == [1]
        ask("DELETE FROM prodready_within WHERE id = 2")
        after, left = self.lost("db.commit-lost")
        assert left == [1, 2]
        assert before is after

    def test_refused(self):
        if connection.vendor == "postgresql":
            cause, left = self.lost("db.serialization-failure")
            assert (cause.__name__, left) == ("SerializationFailure", [1])

    def test_the_tests_own_transaction_is_none_of_these(self):
        ask("INSERT INTO prodready_within VALUES (3)")
        with self.faults.inject("db.connection-dropped", at="commit") as struck:
            ask("SAVEPOINT mine")
            ask("RELEASE SAVEPOINT mine")
        assert struck.fired == 0
"""


@pytest.mark.parametrize(
    ("engine", "backend", "driver", "more"),
    [("PostgreSQL", "postgresql", "psycopg", ""), ("MariaDB", "mysql", "pymysql", "pymysql.install_as_MySQLdb()")],
)
def test_a_commit_within_the_transaction_of_a_test(
    pytester: pytest.Pytester, engine: str, backend: str, driver: str, more: str
) -> None:
    """Django's TestCase: what would be COMMIT is lost before or after its effect, and the test's own transaction is not."""
    server: Any = need(engine)
    text = WITHIN.replace("<DRIVER>", driver).replace("<BACKEND>", backend).replace("<IMPORT>", more)
    for name in ("database", "host", "port", "user", "password"):
        text = text.replace(f"<{name.upper()}>", str(getattr(server, name)))
    pytester.makepyfile(app=text, test_app=WITHIN_TEST)
    pytester.runpytest_subprocess("-p", "no:django", "-p", "no:randomly", "--prodready-source=app.py").assert_outcomes(
        passed=3
    )
