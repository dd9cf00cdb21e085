"""Suites as people write them: Hypothesis, doctests, fixtures of every scope, patches in a conftest, declared entries."""

from __future__ import annotations

import pytest

from .conftest import Project

STOCK = '''
from contextlib import closing
from sqlite3 import Error, connect

import requests


def count(path):
    """The number of rows.

    >>> count(":memory:")
    Traceback (most recent call last):
    ...
    sqlite3.OperationalError: no such table: t
    """
    with closing(connect(path)) as conn:
        return conn.execute("SELECT count(*) FROM t").fetchone()[0]


def add(path, n):
    """Add a row.

    >>> add(":memory:", 1)
    False
    """
    try:
        with closing(connect(path)) as conn, conn:
            conn.execute("INSERT INTO t VALUES (?)", (n,))
    except Error:
        return False
    return True


def rate():
    return requests.get("https://rates.example/eur", timeout=3).json()["eur"]
'''
CONFTEST = """
import sqlite3

import pytest
import stock


def make(path):
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (n)")
    conn.commit()
    conn.close()
    return str(path)


@pytest.fixture
def path(tmp_path):
    return make(tmp_path / "x.db")
"""


@pytest.fixture
def stock(project: Project) -> Project:
    return project.write({"stock.py": STOCK, "conftest.py": CONFTEST})


EXAMPLES = """
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stock


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(n=st.integers())
def test_add(path, n):
    with open("examples.txt", "a") as file:
        file.write(f"{n} ")
    stock.count(path)
"""


def test_a_trial_of_a_hypothesis_test_ends_with_the_example_that_was_struck(stock: Project) -> None:
    stock.write({"test_stock.py": EXAMPLES})
    examples = stock.pytester.path / "examples.txt"
    stock.pytest()
    ordinary = len(examples.read_text().split())
    seen = []
    for _ in range(2):
        examples.unlink()
        _, report = stock.sweep("--prodready-select=errors")
        seen.append(examples.read_text().split()[ordinary:])
        trials = [(t["fault"], t["operation"], t["verdict"]) for t in report["trials"]]
    assert sorted(trials) == [
        ("db.connection-dropped", "read t", "failed"),
        ("db.connection-refused", "connect", "failed"),
    ]
    # 15 examples are observed, 15 are the control run's; a trial needs one
    assert len(seen[0]) == 15 + 15 + len(trials)
    assert seen[0] == seen[1]


def test_a_decorator_around_a_hypothesis_test(stock: Project) -> None:
    decorated = EXAMPLES.replace("@settings", '@mock.patch("stock.requests", None)\n@settings', 1)
    stock.write({"test_stock.py": "from unittest import mock\n" + decorated})
    _, report = stock.sweep("--prodready-select=errors")
    assert {t["verdict"] for t in report["trials"]} == {"failed"}
    examples = (stock.pytester.path / "examples.txt").read_text().split()
    assert len(examples) == 40 + 15 + 15 + 2


ASYNC_EXAMPLES = """
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stock


@pytest.mark.asyncio
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(n=st.integers(0, 9))
async def test_add(path, n):
    stock.count(path)
"""


def test_an_async_hypothesis_test(stock: Project) -> None:
    pytest.importorskip("pytest_asyncio")
    stock.write(
        {"test_stock.py": ASYNC_EXAMPLES, "pytest.ini": "[pytest]\nasyncio_default_fixture_loop_scope=function\n"}
    )
    result, report = stock.sweep("-p", "asyncio")
    assert result.ret == 1
    assert {t["verdict"] for t in report["trials"] if t["fault"]} == {"failed"}
    assert report["internal_errors"] == []


def test_doctests_are_counted_and_not_swept(stock: Project) -> None:
    stock.write({"test_stock.py": "import stock\n\ndef test_count(path):\n    assert stock.count(path) == 0\n"})
    result, report = stock.sweep("--doctest-modules")
    result.stdout.fnmatch_lines(["*2 doctests are observed and not swept*"])
    assert {t["test"] for t in report["trials"]} == {"test_stock.py::test_count"}
    assert report["internal_errors"] == []


FIXTURES = """
import pytest

import stock
from conftest import make


class TestShared:
    @pytest.fixture(scope="class")
    def shared(self, tmp_path_factory):
        return make(tmp_path_factory.mktemp("shared") / "x.db")

    @pytest.fixture(params=["one", "two"])
    def name(self, request):
        return request.param

    def test_add(self, shared, name):
        assert stock.add(shared, name)

    def test_count(self, shared):
        assert stock.count(shared) >= 0


@pytest.fixture(scope="module", params=[1, 2])
def numbered(request, tmp_path_factory):
    return request.param, make(tmp_path_factory.mktemp("numbered") / "x.db")


@pytest.mark.parametrize("n", [7, 8])
def test_numbered(numbered, n):
    assert stock.add(numbered[1], n)
"""


def test_fixtures_of_a_class_and_fixtures_with_parameters(stock: Project) -> None:
    stock.write({"test_stock.py": FIXTURES})
    result, report = stock.sweep()
    assert report["internal_errors"] == []
    verdicts = {(t["function"], t["verdict"]) for t in report["trials"] if t["fault"]}
    assert verdicts == {("add", "handled"), ("count", "failed")}
    assert [f["function"] for f in report["findings"] if f["check"] == "escaped-exception"] == ["count"]
    result.assert_outcomes(passed=7, failed=1)


PATCHING = """
import pytest
import requests
import stock


class Answer:
    status_code = 200

    def json(self):
        return {"eur": 2}

    def raise_for_status(self):
        pass


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(requests, "get", lambda url, **kwargs: Answer())
"""


def test_a_patch_of_the_conftest_for_every_test(stock: Project) -> None:
    stock.write(
        {"conftest.py": PATCHING, "test_stock.py": "import stock\n\ndef test_rate():\n    assert stock.rate() == 2\n"}
    )
    _, report = stock.sweep()
    assert report["internal_errors"] == []
    assert {t["verdict"] for t in report["trials"]} == {"failed"}
    assert "http.connection-refused" in {t["fault"] for t in report["trials"]}
    assert [(f["check"], f["function"]) for f in report["findings"]] == [("escaped-exception", "rate")]


def test_names_that_source_bound_before_a_marker_was_known(stock: Project) -> None:
    test = "import pytest\nimport stock\n\n@pytest.mark.prodready\ndef test_count(path):\n    assert stock.count(path) == 0\n"
    stock.write({"test_stock.py": test})  # the conftest has imported stock, which has `connect` of its own
    result = stock.pytest()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*stock.py:* escaped-exception: sqlite3.OperationalError left count()*"])


# ------------------------------------------------------------------------------------------------- declared entries
JOBS = """
import asyncio
import functools
import sqlite3
from contextlib import closing


def guarded(function):
    @functools.wraps(function)
    def wrapper(*args):
        try:
            return function(*args)
        except sqlite3.Error as exc:
            raise RuntimeError("the job failed") from exc

    return wrapper


def rows(path):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT count(*) FROM t").fetchone()[0]


@guarded
def run_guarded(path):
    return rows(path)


def run_bare(path):
    return rows(path)


async def run_async(path):
    await asyncio.sleep(0)
    return rows(path)


class Worker:
    def run_once(self, path):
        return rows(path)


def elsewhere(path):
    return rows(path)
"""
TEST_JOBS = """
import asyncio

from app import jobs


def test_guarded(path):
    assert jobs.run_guarded(path) == 0


def test_bare(path):
    assert jobs.run_bare(path) == 0


def test_async(path):
    assert asyncio.run(jobs.run_async(path)) == 0


def test_method(path):
    assert jobs.Worker().run_once(path) == 0


def test_elsewhere(path):
    assert jobs.elsewhere(path) == 0
"""


def declaring(project: Project, entries: str) -> Project:
    return project.write(
        {
            "stock.py": "",
            "conftest.py": CONFTEST,
            "app/__init__.py": "from .jobs import run_bare\n",
            "app/jobs.py": JOBS,
            "test_jobs.py": TEST_JOBS,
            "pytest.ini": f"[pytest]\nprodready_entries = {entries}\n",
        }
    )


def test_declared_functions_are_entries(project: Project) -> None:
    _, report = declaring(project, "app.jobs:run_* app.jobs:Worker.run_*").sweep("--prodready-select=escaped-exception")
    assert report["internal_errors"] == []
    failed = {t["entry"] for t in report["trials"] if t["verdict"] == "failed"}
    assert failed == {"app.jobs:run_bare", "app.jobs:run_async", "app.jobs:Worker.run_once"}
    guarded = {t["outcome"] for t in report["trials"] if t["entry"] == "app.jobs:run_guarded"}
    assert guarded == {"translated"}  # what a decorator does belongs to the function
    levels = {f["handler"]: f["level"] for f in report["findings"]}
    assert set(levels.values()) == {"error"}
    assert "elsewhere" not in str(levels)  # no boundary: a declared entry reaches the same lines


def test_a_function_that_is_declared_where_it_is_passed_on(project: Project) -> None:
    _, report = declaring(project, "app:run_bare").sweep()
    assert "app:run_bare" in {t["entry"] for t in report["trials"]}


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("app.jbs:run_bare", "*prodready_entries: app.jbs:run_bare: no module app.jbs in your source*"),
        ("app.jobs:runs_*", "*prodready_entries: app.jobs:runs_*: app.jobs has no such function*"),
        ("app.jobs:run_bar", "*app.jobs has no such function (did you mean run_bare[?])*"),
        ("app.jobs", "*prodready_entries: 'app.jobs' must be MODULE:FUNCTION*"),
        ("app.jobs:run bare", "*prodready_entries: 'bare' must be MODULE:FUNCTION*"),
    ],
)
def test_patterns_that_name_nothing(project: Project, entries: str, message: str) -> None:
    result = declaring(project, entries).pytest("--prodready")
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])
    assert "Traceback" not in result.stderr.str()


def test_a_patch_of_the_conftest_between_two_frames_of_source(project: Project) -> None:
    """The path goes on below it: the function that calls the patched one is who lacks the handler."""
    app = """
import sqlite3


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)


def report(path):
    store = Store(path)
    found = store.conn.execute("SELECT 1").fetchone()[0]
    store.conn.close()
    return found
"""
    conftest = """
import pytest

import app


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    made = app.Store.__init__

    def counting(self, *args):
        made(self, *args)

    monkeypatch.setattr(app.Store, "__init__", counting)
"""
    test = "import app\n\n\ndef test_report(tmp_path):\n    assert app.report(tmp_path / 'x.db') == 1\n"
    project.write({"app.py": app, "conftest.py": conftest, "test_app.py": test})
    _, report = project.sweep("--prodready-depth=quick", "--prodready-select=escaped-exception")
    (finding,) = report["findings"]
    assert finding["handler"] == "report in app.py"
    assert {site["function"] for site in finding["sites"]} == {"Store.__init__", "report"}
