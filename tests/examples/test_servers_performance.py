"""What performance checks say of small applications on real servers, through each library: one that does it wrong, and one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.servers import Server, need

from .sweeping import run

UNPOOLED = ("unpooled-connection", "connected", "error")


def wrong(asking: str = "") -> set[tuple[str, str, str]]:
    """What is wrong with a bad application: the check, the function, the level; `asking` is the one that all statements go through."""
    return {
        ("missing-index", asking or "of_customer", "error"),
        ("n-plus-one-query", "names", "error"),
        ("write-in-loop", "add", "warning"),
        ("unbounded-query", asking or "everything", "warning"),
    }


SCHEMA = """
    "DROP TABLE IF EXISTS <T>_orders",
    "DROP TABLE IF EXISTS <T>_customers",
    "CREATE TABLE <T>_customers (id int PRIMARY KEY, name varchar(20))",
    "CREATE TABLE <T>_orders (id int PRIMARY KEY, customer_id int, note varchar(20))",
    "INSERT INTO <T>_customers VALUES (1, 'Ann'), (2, 'Ben'), (3, 'Cem')",
    "INSERT INTO <T>_orders VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')","""
INDEX = """
    "CREATE INDEX <T>_by_customer ON <T>_orders (customer_id)","""

SYNC = """
from contextlib import closing, contextmanager

from flask import Flask, request
{imports}

app = Flask(__name__)
SCHEMA = [{schema}
]

{connected}

def rows(sql, *given):
    with connected() as conn, conn.cursor() as cursor:
        cursor.execute(sql, given)
        found = cursor.fetchall()
        conn.commit()
        return found


def make():
    with connected() as conn, conn.cursor() as cursor:
        for statement in SCHEMA:
            cursor.execute(statement)
        conn.commit()


@app.get("/of/<int:customer>")
def of_customer(customer):
    return str(rows("SELECT note FROM <T>_orders WHERE customer_id = %s", customer))
"""
SYNC_BAD = """

@app.get("/names")
def names():
    found = rows("SELECT id, customer_id FROM <T>_orders ORDER BY id LIMIT 10")
    names = []
    for _, customer in found:
        names.append(rows("SELECT name FROM <T>_customers WHERE id = %s", customer)[0][0])
    return str(names)


@app.post("/add")
def add():
    with connected() as conn, conn.cursor() as cursor:
        for number in [int(text) for text in request.form["numbers"].split(",")]:
            cursor.execute("INSERT INTO <T>_orders VALUES (%s, %s, %s)", (number, 1, "x"))
        conn.commit()
    return "4"


@app.get("/everything")
def everything():
    return str(len(rows("SELECT id, note FROM <T>_orders")))
"""
SYNC_GOOD = """

@app.get("/names")
def names():
    found = rows("SELECT c.name FROM <T>_orders o JOIN <T>_customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 10")
    return str([name for name, in found])


@app.post("/add")
def add():
    with connected() as conn, conn.cursor() as cursor:
        cursor.executemany("INSERT INTO <T>_orders VALUES (%s, %s, %s)", [(number, 1, "x") for number in range(4, 8)])
        conn.commit()
    return "4"


@app.get("/everything")
def everything():
    return str(len(rows("SELECT id, note FROM <T>_orders WHERE id > %s ORDER BY id LIMIT 50", 0)))
"""
SYNC_TEST = """
import app as module
from app import app


def test_all():
    module.make()
    client = app.test_client()
    assert client.get("/names").text == "['Ann', 'Ben', 'Cem']"
    assert client.get("/of/2").text in ("[('b',)]", "(('b',),)")
    assert client.post("/add", data={"numbers": "4,5,6,7"}).text == "4"
    assert client.get("/everything").text == "7"
"""


@dataclass(frozen=True)
class Driver:
    """A driver: how an application connects wrongly and well, each a context manager `connected`."""

    name: str
    server: str
    imports: str
    bad: str
    good: str


PER_REQUEST = """
def connected():
    return closing({connect})
"""
POOLED = """
pool = {pool}


@contextmanager
def connected():
    conn = pool.{get}()
    try:
        yield conn
    finally:
        conn.rollback()
        pool.{put}(conn)
"""
PYMYSQL = 'pymysql.connect(host="<HOST>", port=<PORT>, user="<USER>", password="<PASSWORD>", database="<DATABASE>")'
DRIVERS = [
    Driver(
        "psycopg", "PostgreSQL", "import psycopg\nfrom psycopg_pool import ConnectionPool",
        PER_REQUEST.format(connect='psycopg.connect("<URL>")'),
        POOLED.format(pool='ConnectionPool("<URL>", min_size=1, open=True)', get="getconn", put="putconn"),
    ),
    Driver(
        "psycopg2", "PostgreSQL", "import psycopg2\nfrom psycopg2.pool import SimpleConnectionPool",
        PER_REQUEST.format(connect='psycopg2.connect("<URL>")'),
        POOLED.format(pool='SimpleConnectionPool(1, 4, "<URL>")', get="getconn", put="putconn"),
    ),
    Driver(
        "pymysql", "MariaDB", "import queue\n\nimport pymysql", PER_REQUEST.format(connect=PYMYSQL),
        POOLED.format(pool="queue.SimpleQueue()", get="get", put="put") + f"\n\npool.put({PYMYSQL})\n",
    ),
]  # fmt: skip


def project(folder: Path, files: dict[str, str], server: Server, table: str) -> Path:
    values = {
        "T": table,
        "URL": server.url,
        **{n.upper(): str(getattr(server, n)) for n in ("host", "port", "user", "password", "database")},
    }
    folder.mkdir()
    for name, text in files.items():
        for key, value in values.items():
            text = text.replace(f"<{key}>", value)
        (folder / name).write_text(text)
    return folder


def judged(folder: Path, work: Path) -> set[tuple[str, str, str]]:
    """What the sweep holds against an application; nothing but what it cannot see may be left out."""
    sweep = run(folder, work, "-p", "no:django", "--prodready-select=performance")
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    assert "AssertionError" not in sweep.output, sweep.output
    assert not [note for note in sweep.report["notes"] if "not looked at" in note], sweep.report["notes"]
    assert sweep.report["readiness"]["pillars"]["performance"]["status"] == "measured"
    return {(f["check"], f["function"].rpartition(".")[2], f["level"]) for f in sweep.findings}


@pytest.mark.parametrize("well", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.name)
def test_driver(driver: Driver, well: bool, tmp_path: Path) -> None:
    server = need(driver.server)
    text = SYNC.replace("{imports}", driver.imports).replace("{connected}", driver.good if well else driver.bad)
    text = text.replace("{schema}", SCHEMA + (INDEX if well else "")) + (SYNC_GOOD if well else SYNC_BAD)
    files = {"app.py": text, "test_app.py": SYNC_TEST}
    folder = project(tmp_path / "app", files, server, f"pr_{driver.name}_{'good' if well else 'bad'}")
    assert judged(folder, tmp_path / "work") == (set() if well else wrong("rows") | {UNPOOLED})


PIPELINE = """
import psycopg
from flask import Flask

app = Flask(__name__)


@app.get("/of/<int:customer>")
def of_customer(customer):
    with psycopg.connect("<URL>") as conn, conn.pipeline():
        return str(conn.execute("SELECT oid FROM pg_class WHERE relname = %s", (str(customer),)).fetchall())
"""


def test_what_no_planner_could_be_asked_about_is_told(tmp_path: Path) -> None:
    test = "from app import app\n\n\ndef test_of():\n    assert app.test_client().get('/of/2').text == '[]'\n"
    folder = project(tmp_path / "app", {"app.py": PIPELINE, "test_app.py": test}, need("PostgreSQL"), "pr")
    sweep = run(folder, tmp_path / "work", "-p", "no:django", "--prodready-select=missing-index")
    assert sweep.report["notes"] == [
        "missing-index: 1 statement was not looked at: the connection was in pipeline mode"
    ], sweep.output
    pillar = sweep.report["readiness"]["pillars"]["performance"]
    assert (pillar["status"], pillar["percent"]) == ("inconclusive", None)
