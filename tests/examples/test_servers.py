"""Small applications on real servers, through each library: one that fails with its server, and one that copes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.servers import Server, distribution, need

from .sweeping import run

SYNC = """
import logging

from flask import Flask, request
{imports}

app = Flask(__name__)
log = logging.getLogger(__name__)


@app.post("/notes")
def add():
    note = int(request.form["note"][:3]) if request.form.get("note", "").isdecimal() and request.form["note"].isascii() else 0
{body}
    return "saved"
"""
SYNC_TEST = """
from app import app


def test_add():
    assert app.test_client().post("/notes", data={"note": "7"}).text == "saved"
"""
ASYNC = """
import logging

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
{imports}

app = FastAPI()
log = logging.getLogger(__name__)


@app.post("/notes")
async def add():
    note = 7
{body}
    return PlainTextResponse("saved")
"""
ASYNC_TEST = """
from fastapi.testclient import TestClient

from app import app


def test_add():
    assert TestClient(app).post("/notes").text == "saved"
"""


@dataclass(frozen=True)
class Library:
    """One library: how an application uses it, and what a handler of it would name."""

    name: str
    server: str
    imports: str
    body: str
    errors: str
    asynchronous: bool = False
    family: str = ""
    needs: str = ""  # a distribution that `make test` does not install

    def files(self, server: Server, copes: bool) -> dict[str, str]:
        """The application and its test; what copes answers 503, and says so in the log."""
        answer = 'PlainTextResponse("sorry", 503)' if self.asynchronous else '"sorry", 503'
        body = textwrap.dedent(self.body).strip()
        if copes:
            body = f"try:\n{textwrap.indent(body, '    ')}\nexcept {self.errors}:\n    log.exception('not saved')\n    return {answer}"
        values = {
            "URL": server.url, "HOST": server.host, "PORT": str(server.port), "USER": server.user,
            "PASSWORD": server.password, "DATABASE": server.database,
        }  # fmt: skip
        text = (ASYNC if self.asynchronous else SYNC).replace("{imports}", textwrap.dedent(self.imports).strip())
        text = text.replace("{body}", textwrap.indent(body, "    "))
        for name, value in values.items():
            text = text.replace(f"<{name}>", value)
        return {"app.py": text, "test_app.py": ASYNC_TEST if self.asynchronous else SYNC_TEST}


MAKE = "CREATE TABLE IF NOT EXISTS prodready_notes (note int)"
ADD = "INSERT INTO prodready_notes VALUES (%s)"
LIBRARIES = [
    Library(
        "psycopg", "PostgreSQL", f"""
        import psycopg
        from psycopg_pool import ConnectionPool

        pool = ConnectionPool("<URL>", min_size=1, open=True)
        with pool.connection() as conn:
            conn.execute("{MAKE}")
        """,
        f"""
        with pool.connection() as conn:
            conn.execute("{ADD}", (note,))
        """, "psycopg.Error",
    ),
    Library(
        "psycopg (async)", "PostgreSQL", f"""
        import psycopg

        with psycopg.connect("<URL>") as conn:
            conn.execute("{MAKE}")
        """,
        f"""
        async with await psycopg.AsyncConnection.connect("<URL>") as conn, conn.transaction():
            await conn.execute("{ADD}", (note,))
        """, "psycopg.Error", asynchronous=True,
    ),
    Library(
        "psycopg2", "PostgreSQL", f"""
        from contextlib import closing
        import psycopg2

        with closing(psycopg2.connect("<URL>")) as conn, conn, conn.cursor() as cursor:
            cursor.execute("{MAKE}")
        """,
        f"""
        with closing(psycopg2.connect("<URL>")) as conn, conn, conn.cursor() as cursor:
            cursor.execute("{ADD}", (note,))
        """, "psycopg2.Error",
    ),
    Library(
        "sqlalchemy+psycopg2", "PostgreSQL", f"""
        from sqlalchemy import create_engine, text
        from sqlalchemy.exc import SQLAlchemyError

        engine = create_engine("<URL>".replace("postgresql:", "postgresql+psycopg2:"))
        with engine.begin() as conn:
            conn.execute(text("{MAKE}"))
        """,
        """
        with engine.begin() as conn:
            conn.execute(text("INSERT INTO prodready_notes VALUES (:note)"), {"note": note})
        """, "SQLAlchemyError", family="sqlalchemy.exc.SQLAlchemyError",
    ),
    Library(
        "asyncpg", "PostgreSQL", "import asyncpg",
        f"""
        conn = await asyncpg.connect("<URL>")
        try:
            await conn.execute("{MAKE}")
            async with conn.transaction():
                await conn.execute("{ADD.replace('%s', '$1')}", note)
        finally:
            await conn.close()
        """, "(asyncpg.PostgresError, asyncpg.InterfaceError, OSError)", asynchronous=True,
    ),
    Library(
        "pymysql", "MariaDB", f"""
        from contextlib import closing
        import pymysql

        def connect():
            return closing(pymysql.connect(host="<HOST>", port=<PORT>, user="<USER>", password="<PASSWORD>", database="<DATABASE>"))

        with connect() as conn, conn.cursor() as cursor:
            cursor.execute("{MAKE}")
        """,
        f"""
        with connect() as conn:
            with conn.cursor() as cursor:
                cursor.execute("{ADD}", (note,))
            conn.commit()
        """, "pymysql.Error",
    ),
    Library(
        "mysqlclient", "MariaDB", f"""
        from contextlib import closing
        import MySQLdb

        def connect():
            return closing(MySQLdb.connect(host="<HOST>", port=<PORT>, user="<USER>", password="<PASSWORD>", database="<DATABASE>"))

        with connect() as conn, conn.cursor() as cursor:
            cursor.execute("{MAKE}")
        """,
        f"""
        with connect() as conn:
            with conn.cursor() as cursor:
                cursor.execute("{ADD}", (note,))
            conn.commit()
        """, "MySQLdb.Error", needs="mysqlclient",
    ),
    Library(
        "sqlalchemy+mysqlclient", "MariaDB", f"""
        from sqlalchemy import create_engine, text
        from sqlalchemy.exc import SQLAlchemyError

        engine = create_engine("mysql+mysqldb://<USER>:<PASSWORD>@<HOST>:<PORT>/<DATABASE>")
        with engine.begin() as conn:
            conn.execute(text("{MAKE}"))
        """,
        """
        with engine.begin() as conn:
            conn.execute(text("INSERT INTO prodready_notes VALUES (:note)"), {"note": note})
        """, "SQLAlchemyError", family="sqlalchemy.exc.SQLAlchemyError", needs="mysqlclient",
    ),
    Library(
        "redis", "Redis", """
        import redis

        cache = redis.Redis.from_url("<URL>")
        """, 'cache.set("prodready:note", note)', "redis.RedisError",
    ),
    Library(
        "redis (async)", "Redis", "import redis.asyncio",
        """
        async with redis.asyncio.Redis.from_url("<URL>") as cache:
            await cache.set("prodready:note", note)
        """, "redis.RedisError", asynchronous=True,
    ),
]  # fmt: skip


@pytest.mark.parametrize("copes", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_real_server(library: Library, copes: bool, tmp_path: Path) -> None:
    if library.needs:
        distribution(library.needs)
    server = need(library.server)
    project = tmp_path / "app"
    project.mkdir()
    for name, text in library.files(server, copes).items():
        (project / name).write_text(text)
    sweep = run(
        project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=db.*", "--prodready-select=cache.*"
    )
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    trials = sweep.report["trials"]
    assert trials, sweep.output
    assert {trial["verdict"] for trial in trials} <= {"failed", "handled"}, [
        (t["fault"], t["operation"], t["verdict"], t["reason"]) for t in trials
    ]
    errors = [finding for finding in sweep.findings if finding["level"] == "error"]
    if copes:
        assert errors == [], sweep.output
        assert sweep.code == 0
        assert len({trial["fault"] for trial in trials}) >= (2 if library.server == "Redis" else 5)
    else:
        assert {finding["check"] for finding in errors} == {"escaped-exception"}, sweep.output
        assert sweep.code == 1


LAZY = """
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

engine = create_engine("{url}")
app = Flask(__name__)


@app.get("/")
def show():
    try:
        with engine.connect() as conn:
            return str(conn.execute(text("SELECT 1")).scalar())
    except SQLAlchemyError:
        app.logger.exception("no database")
        return "sorry", 503
"""


def test_a_warm_pool_connects_once_more(tmp_path: Path) -> None:
    """The pool connected in the ordinary run; that a trial fails connecting, it has to do so again."""
    url = need("PostgreSQL").url.replace("postgresql:", "postgresql+psycopg:")
    project = tmp_path / "app"
    project.mkdir()
    (project / "app.py").write_text(LAZY.replace("{url}", url))
    (project / "test_app.py").write_text(
        "from app import app\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"
    )
    sweep = run(project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=db.*")
    trials = [(trial["fault"], trial["verdict"]) for trial in sweep.report["trials"]]
    assert ("db.connection-refused", "handled") in trials
    assert {verdict for _, verdict in trials} == {"handled"}, trials


LEAKING = """
import psycopg
from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    try:
        with psycopg.connect("{url}") as conn:
            return str(conn.execute("SELECT 1").fetchone()[0])
    except psycopg.Error as exc:
        app.logger.exception("no database")
        return {answer}, 503
"""


@pytest.mark.parametrize(("answer", "leaks"), [("str(exc)", True), ("'sorry: 127.0.0.1 has no database'", False)])
def test_the_host_in_a_message_is_a_leak(answer: str, leaks: bool, tmp_path: Path) -> None:
    project = tmp_path / "app"
    project.mkdir()
    (project / "app.py").write_text(LEAKING.replace("{url}", need("PostgreSQL").url).replace("{answer}", answer))
    (project / "test_app.py").write_text(
        "from app import app\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"
    )
    sweep = run(project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=db.*")
    found = [(f["check"], f["message"].split(":")[0]) for f in sweep.findings if f["level"] == "error"]
    assert found == [("leaked-internals", "the answer shows the host of the database")] * leaks, sweep.output


DJANGO = """
import django
from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpResponse
from django.urls import path
<IMPORT>
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.<ENGINE>", "NAME": "<DATABASE>", "HOST": "<HOST>",
    "PORT": <PORT>, "USER": "<USER>", "PASSWORD": "<PASSWORD>"}}, INSTALLED_APPS=[], ROOT_URLCONF="app", SECRET_KEY="x")
django.setup()
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS prodready_notes (note int)")
connection.close()


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM prodready_notes")
        return cursor.fetchone()[0]


def write(note):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO prodready_notes VALUES (%s)", [note])


def add(request):
    <TRY>:
        before = rows()
        with transaction.atomic():
            write(1)
            write(2)
        return HttpResponse(str(rows() - before))<EXCEPT>


urlpatterns = [path("", add)]
"""
DJANGO_TEST = """
import app
from django.db import connection
from django.test import TestCase, TransactionTestCase


class Show(TransactionTestCase):
    def test_add(self):
        assert self.client.post("/").content == b"2"


class Wrapped(TestCase):
    def setUp(self):
        app.write(0)  # of the test's own transaction, which no trial may lose

    def test_add(self):
        before = app.rows()
        answer = self.client.post("/")
        assert answer.content in (b"2", b"sorry") or answer.status_code == 500
        if not connection.connection.<CLOSED>:
            assert app.rows() == before + 2 * (answer.content == b"2"), "what was there before is lost"
"""
#: name -> server, backend, how its driver is brought in, what says that the connection is closed
ENGINES = {
    "PostgreSQL": ("PostgreSQL", "postgresql", "", "closed"),
    "PyMySQL": ("MariaDB", "mysql", "import pymysql\npymysql.install_as_MySQLdb()", "open == False"),
    "mysqlclient": ("MariaDB", "mysql", "", "open == False"),
}


@pytest.mark.parametrize("copes", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", ["Show", "Wrapped"])
def test_django(case: str, engine: str, copes: bool, tmp_path: Path) -> None:
    """The transaction of `TestCase` is there after every trial, and the same is found as without it."""
    where, name, imports, closed = ENGINES[engine]
    if engine == "mysqlclient":
        distribution("mysqlclient")
    server, text = need(where), DJANGO
    handler = '\n    except Error:\n        return HttpResponse("sorry", status=503)' if copes else ""
    for mark, value in (
        ("ENGINE", name),
        ("IMPORT", imports),
        ("TRY", "try" if copes else "if True"),
        ("EXCEPT", handler),
    ):
        text = text.replace(f"<{mark}>", value)
    for mark in ("host", "port", "user", "password", "database"):
        text = text.replace(f"<{mark.upper()}>", str(getattr(server, mark)))
    project = tmp_path / "app"
    project.mkdir()
    (project / "app.py").write_text(text)
    (project / "test_app.py").write_text(DJANGO_TEST.replace("<CLOSED>", closed))
    only = ("--prodready-select=errors", "--prodready-select=db.*", "-k", case)
    sweep = run(project, tmp_path / "work", "-p", "no:django", *only)
    trials = [
        (t["fault"], t["verdict"], t["operation"], t["reason"]) for t in sweep.report["trials"] if "POST" in t["entry"]
    ]
    assert sweep.report["internal_errors"] == [], sweep.output
    assert {verdict for _, verdict, *_ in trials} == ({"handled"} if copes else {"failed"}), trials
    assert {f["check"] for f in sweep.findings if f["level"] == "error"} == (set() if copes else {"escaped-exception"})
    if copes:
        assert {fault for fault, *_ in trials} >= {"db.connection-dropped", "db.timeout", "db.disk-full", "db.deadlock"}
        at_commit = {fault for fault, _, operation, _ in trials if operation == "commit"}
        assert at_commit == {"db.connection-dropped", "db.commit-lost"} | (
            {"db.serialization-failure"} if name == "postgresql" else set()
        )
