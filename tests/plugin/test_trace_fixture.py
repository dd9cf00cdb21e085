"""What the `trace` fixture shows, in every kind of test and of run."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
import logging
import sqlite3
import threading
import time
from contextlib import closing

import requests
from flask import Flask

log = logging.getLogger("app")


def orders(path):
    with closing(sqlite3.connect(path)) as conn:
        ids = [row[0] for row in conn.execute("SELECT id FROM orders")]
        return [conn.execute("SELECT total FROM orders WHERE id = ?", (n,)).fetchone()[0] for n in ids]


def add(path, total):
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO orders (total) VALUES (?)", (total,))
    log.info("added %s", total)


def in_thread(path):
    thread = threading.Thread(target=add, args=(path, 9))
    thread.start()
    thread.join()


def charge():
    for wait in (1, 2):
        try:
            return requests.post("https://api.pay.example:8443/v1/charges/17", json={"amount": 5}, timeout=3).json()["id"]
        except requests.Timeout:
            time.sleep(wait)
    return None


def by_hand(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("BEGIN")
        conn.execute("DELETE FROM orders")
        conn.execute("COMMIT")
        conn.commit()


def create_app(path):
    app = Flask(__name__)

    @app.get("/orders")
    def show():
        return {"totals": orders(path)}

    @app.post("/orders")
    def post():
        add(path, 1)
        return {}, 201

    return app
"""
# the application is imported before anybody knows that a test asks for `trace`
CONFTEST = """
import sqlite3

import pytest

import app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total)")
    conn.commit()
    conn.close()
    app.add(tmp_path / "x.db", 7)
    return tmp_path / "x.db"


@pytest.fixture
def client(path):
    return app.create_app(path).test_client()


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
HEAD = "import sqlite3\nimport unittest\n\nimport pytest\nimport responses\n\nimport app\n\n\n"
TESTS = """
def test_only_what_the_application_does_in_the_body(path, trace):
    conn = sqlite3.connect(path)
    conn.execute("SELECT count(*) FROM orders").fetchone()
    conn.close()
    assert trace.calls == []
    app.add(path, 1)
    assert [call.kind for call in trace.calls] == ["connect", "write", "commit"]
    assert len(trace.queries) == len(trace.commits) == len(trace.connects) == 1
    assert [c.statement for c in trace.all if c.kind == "read"] == ["SELECT count(*) FROM orders"]
    assert sum(call.kind == "write" for call in trace.all) == 3


def test_a_query(path, trace):
    app.orders(path)
    first, second = trace.queries
    assert (second.kind, second.operation, second.parameters) == ("read", "read orders", (1,))
    assert second.statement == "SELECT total FROM orders WHERE id = ?"
    assert second.site == "app.py:17" and second.function.startswith("orders")
    assert second.target == str(path)
    assert second.entry == "orders (app.py:17)"
    assert (second.error, second.fault, second.method, second.url) == ("", None, "", "")
    assert repr(first) == "<read orders at app.py:16>"


def test_transactions_by_hand(path, trace):
    app.by_hand(path)
    assert [call.kind for call in trace.calls] == ["connect", "other", "other", "write", "commit", "commit"]
    assert len(trace.queries) == len(trace.commits) == 1


def test_an_answer_is_of_its_moment(path, trace):
    app.add(path, 1)
    before = trace.queries
    app.add(path, 2)
    assert len(before) == 1 and len(trace.queries) == 2


def test_entries(client, trace):
    assert trace.entries == []
    client.post("/orders")
    client.get("/orders")
    assert [(e.kind, e.label, e.status, e.error) for e in trace.entries] == [
        ("route", "POST /orders", 201, ""), ("route", "GET /orders", 200, "")
    ]
    assert {call.entry for call in trace.commits} == {"POST /orders"}


def test_logs(path, trace, caplog):
    caplog.set_level("INFO")
    app.add(path, 3)
    assert [(r.level, r.logger, r.text) for r in trace.logs] == [(20, "app", "added 3")]


@responses.activate
def test_requests(trace):
    responses.post("https://api.pay.example:8443/v1/charges/17", json={"id": 1})
    assert app.charge() == 1
    (request,) = trace.requests
    assert (request.method, request.url) == ("POST", "https://api.pay.example:8443/v1/charges/17")
    assert (request.payload, request.status) == ({"amount": 5}, 200)
    assert request.headers["content-type"] == "application/json"
    assert request.operation == "POST api.pay.example:8443/v1/charges/<n>"
    for host in (
        "api.pay.example", "API.PAY.EXAMPLE", "api.pay.example:8443", "*.pay.example", "https://api.pay.example",
        "api.pay.example/v1/charges", "api.pay.example/v1/charges/17", "api.pay.example/",
    ):
        assert trace.requests_to(host) == [request], host
    for host in ("pay.example", "api.pay.example:443", "api.pay.example/v1/charge", "api.pay.example/v2", "api"):
        assert trace.requests_to(host) == [], host


def test_a_part(path, trace):
    app.add(path, 1)
    with trace.part() as part:
        app.orders(path)
        assert len(part.queries) == 3
    app.add(path, 1)
    assert len(part.queries) == 3 and part.commits == [] and len(part.all) == 4
    assert [entry.label for entry in part.entries] == ["orders (app.py:15)", "orders (app.py:16)", "orders (app.py:17)"]
    assert len(trace.queries) == 5


def test_a_thread(path, trace):
    app.in_thread(path)
    assert [call.operation for call in trace.queries] == ["write orders"]


@pytest.mark.anyio
async def test_async(path, trace):
    app.orders(path)
    assert len(trace.queries) == 2


@pytest.mark.parametrize("n", [1, 2])
def test_parametrised(path, trace, n):
    for _ in range(n):
        app.add(path, n)
    assert len(trace.queries) == n


class CaseTest(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _trace(self, trace, path):
        self.trace, self.path = trace, path

    def setUp(self):
        app.add(self.path, 1)

    def test_unittest(self):
        self.assertEqual(self.trace.queries, [])
        app.orders(self.path)
        self.assertEqual(len(self.trace.queries), 3)


class AsyncCaseTest(unittest.IsolatedAsyncioTestCase):
    @pytest.fixture(autouse=True)
    def _trace(self, trace, path):
        self.trace, self.path = trace, path

    async def test_unittest(self):
        app.orders(self.path)
        self.assertEqual(len(self.trace.queries), 2)


@pytest.fixture
def few_queries(trace):
    yield
    assert len(trace.queries) <= 3


def test_a_fixture_that_looks_at_the_end(few_queries, path):
    app.orders(path)


@pytest.mark.fault("db.locked", at="write")
def test_under_a_marker(path, trace):
    with pytest.raises(sqlite3.OperationalError):
        app.add(path, 1)
    assert [(call.kind, call.fault) for call in trace.queries] == [("write", "db.locked")]
    assert trace.queries[0].error == "sqlite3.OperationalError: database is locked"
    assert trace.sleeps == [5.0]


@responses.activate
def test_injected(trace, faults):
    responses.post("https://api.pay.example:8443/v1/charges/17", json={"id": 1})
    with faults.inject("http.read-timeout"), faults.inject("http.read-timeout"):
        assert app.charge() is None
    assert [call.fault for call in trace.requests] == ["http.read-timeout"] * 2
    assert trace.sleeps == [3.0, 1, 3.0, 2]
"""
ALL = 17


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP, "conftest.py": CONFTEST, "test_app.py": HEAD + TESTS})


@pytest.mark.parametrize("arguments", [(), ("-n", "2")], ids=" ".join)
def test_in_every_kind_of_test(app: Project, arguments: tuple[str, ...]) -> None:
    result = app.pytest(*arguments)
    assert result.parseoutcomes() == {"passed": ALL}, result.stdout.str()


def test_with_the_flag_a_test_that_looks_is_swept_like_any_other(app: Project) -> None:
    result, report = app.sweep("--prodready-no-fail")
    assert result.parseoutcomes() == {"passed": ALL}, result.stdout.str()
    assert report["internal_errors"] == []
    assert "test_app.py::test_entries" in {trial["test"] for trial in report["trials"]}
    assert not {"test_app.py::test_injected", "test_app.py::test_under_a_marker"} & {
        t["test"] for t in report["trials"]
    }
    assert "not-repeatable" not in {trial["verdict"] for trial in report["trials"]}


def test_nobody_is_swept_without_the_flag(app: Project) -> None:
    assert "readiness" not in app.pytest().stdout.str()


FAILING = """
def test_too_many(path, trace):
    app.add(path, "a" * 200)
    app.orders(path)
    assert len(trace.queries) <= 3


def test_passes(path, trace):
    app.orders(path)


def test_nothing(trace):
    assert trace.calls


def test_without(path):
    assert app.orders(path) == 0
"""


@pytest.mark.parametrize("arguments", [(), ("-n", "2"), ("--prodready", "--prodready-no-fail")], ids=" ".join)
def test_a_failed_test_tells_what_was_seen(app: Project, arguments: tuple[str, ...]) -> None:
    result = app.write({"test_app.py": HEAD + FAILING}).pytest(*arguments)
    assert result.parseoutcomes() == {"passed": 1, "failed": 3}
    text = result.stdout.str()
    assert text.count("prodready: trace") == 2
    result.stdout.fnmatch_lines(
        [
            "*- prodready: trace -*",
            "<trace: 4 queries, 1 commit, 2 connections>",
            "  connect */test_too_many0/x.db  app.py:21 add",
            "  write   INSERT INTO orders (total) VALUES (?)  ('aaaa*...  app.py:22 add",
            "  commit  COMMIT  app.py:21 add",
            "  connect */test_too_many0/x.db  app.py:15 orders",
            "  read    SELECT id FROM orders  app.py:16 orders",
            "  read    SELECT total FROM orders WHERE id = ?  (1,)  app.py:17 orders*",
            "  read    SELECT total FROM orders WHERE id = ?  (2,)  app.py:17 orders*",
        ]
    )
    assert "<trace: no call was seen>" in text


EXAMPLES = """
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

quick = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(n=st.integers())
def test_trace(path, trace, n):
    with trace.part() as part:
        app.orders(path)
    assert len(part.queries) == 2


@pytest.mark.fault("db.locked", at="SELECT id")
@quick
@given(n=st.integers())
def test_marker(path, n):
    try:
        app.orders(path)
    except sqlite3.OperationalError:
        pass
"""


def test_hypothesis(app: Project) -> None:
    app.write({"test_app.py": HEAD + EXAMPLES})
    result = app.pytest()
    assert result.parseoutcomes() == {"passed": 2}, result.stdout.str()
    result, report = app.sweep("--prodready-no-fail")
    assert result.parseoutcomes() == {"passed": 2}, result.stdout.str()
    assert {trial["verdict"] for trial in report["trials"]} == {"failed"}
    assert report["seams"] == {"sqlite3": 45}  # 15 examples of three calls each


def test_asked_for_while_the_test_runs(app: Project) -> None:
    dynamic = "def test_{0}(request):\n    request.getfixturevalue('{0}')\n\n\n"
    result = app.write({"test_app.py": HEAD + dynamic.format("trace") + dynamic.format("faults")}).pytest()
    assert result.parseoutcomes() == {"failed": 2}
    result.stdout.fnmatch_lines(
        ["*'trace' was asked for while the test ran, and nothing was listening: name it among*"]
    )


def test_a_fixture_of_the_users_own_wins_and_is_named(project: Project) -> None:
    conftest = "import pytest\n\n\n@pytest.fixture\ndef trace():\n    return ['mine']\n"
    project.write({"conftest.py": conftest, "test_app.py": "def test_own(trace):\n    assert trace == ['mine']\n"})
    assert project.pytest().ret == 0
    result, report = project.sweep()
    assert result.ret == 0
    assert "your own fixture 'trace' in conftest takes the place of the plugin's" in report["notes"]
