"""Projects that the plugin is tried on, each in a process of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

#: Our environment has many plugins; loading them all takes a second a run. A test names what it needs beyond these.
PLUGINS = ("prodready", "xdist", "pytest_cov", "timeout", "anyio")
LOADED = tuple(f"-p{name}" for name in PLUGINS)
QUIET = (*LOADED, "-pno:cacheprovider")


@dataclass
class Project:
    """A folder with an application and its tests."""

    pytester: pytest.Pytester

    def write(self, files: Mapping[str, str]) -> Project:
        for name, text in files.items():
            path = self.pytester.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self

    def pytest(self, *arguments: str, quiet: bool = True) -> pytest.RunResult:
        return self.pytester.runpytest_subprocess(*(QUIET if quiet else LOADED), *arguments, timeout=120)

    def sweep(self, *arguments: str, quiet: bool = True) -> tuple[pytest.RunResult, dict[str, Any]]:
        """Run with `--prodready`; (result, JSON report)."""
        path = self.pytester.path.parent / f"{self.pytester.path.name}-report.json"
        path.unlink(missing_ok=True)
        result = self.pytest(
            "--prodready", f"--prodready-report=json:{path}", "--prodready-report=term", *arguments, quiet=quiet
        )
        return result, json.loads(path.read_text()) if path.exists() else {}


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name in list(os.environ):
        if name.startswith(("PYTEST_ADDOPTS", "PYTEST_XDIST", "COV_CORE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # or each process compiles every plugin anew
    return Project(pytester)


SHOP = """
import logging
import sqlite3
import warnings

import requests
from flask import Flask

log = logging.getLogger("shop")


def count(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT count(*) FROM t").fetchone()[0]
    finally:
        conn.close()


def add(path, n):
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO t VALUES (?)", (n,))
    conn.close()
    warnings.warn("adding is old", DeprecationWarning)
    log.warning("added %s", n)
    print("added", n)


def total(numbers):
    conn = sqlite3.connect(":memory:")
    try:
        conn.execute("CREATE TABLE t (n)")
        for number in numbers:
            conn.execute("INSERT INTO t VALUES (?)", (number,))
        return conn.execute("SELECT coalesce(sum(n), 0) FROM t").fetchone()[0]
    finally:
        conn.close()


def rate():
    return requests.get("https://rates.example/eur", timeout=3).json()["eur"]


def create_app(path):
    app = Flask(__name__)

    @app.get("/count")
    def show():
        return {"n": count(path)}

    @app.post("/add/<int:n>")
    def post(n):
        add(path, n)
        return {"ok": True}

    @app.get("/rate")
    def get_rate():
        return {"eur": rate()}

    return app
"""

FIXTURES = """
import sqlite3

import pytest

import shop


def make(path):
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (n)")
    conn.commit()
    conn.close()
    return str(path)


@pytest.fixture
def path(tmp_path):
    return make(tmp_path / "x.db")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return make(tmp_path_factory.mktemp("shared") / "x.db")


@pytest.fixture
def client(path):
    return shop.create_app(path).test_client()
"""

GREEN = """
import unittest

import pytest
import responses
from hypothesis import given, settings
from hypothesis import strategies as st

import shop


def test_function(path):
    shop.add(path, 1)
    assert shop.count(path) == 1


class TestClass:
    def test_method(self, path):
        assert shop.count(path) == 0

    @pytest.mark.parametrize("n", [1, 2])
    def test_parametrised(self, path, n):
        shop.add(path, n)
        assert shop.count(path) == 1


def test_shared_fixture(shared):
    shop.add(shared, 5)
    assert shop.count(shared) >= 1


def test_client(client):
    assert client.post("/add/3").status_code == 200
    assert client.get("/count").json == {"n": 1}


@responses.activate
def test_rate(client):
    responses.get("https://rates.example/eur", json={"eur": 2})
    assert client.get("/rate").json == {"eur": 2}


def test_capsys(path, capsys):
    shop.add(path, 1)
    assert "added 1" in capsys.readouterr().out


def test_caplog(path, caplog):
    shop.add(path, 1)
    assert "added" in caplog.text


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=3))
def test_hypothesis(numbers):
    assert shop.total(numbers) == sum(numbers)


class CaseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import os
        import tempfile

        from conftest import make

        cls.path = make(os.path.join(tempfile.mkdtemp(), "u.db"))

    def test_unittest(self):
        shop.add(self.path, 1)
        self.assertGreaterEqual(shop.count(self.path), 1)

    def test_sub_tests(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertGreaterEqual(shop.count(self.path), 0)


if hasattr(pytest, "Subtests"):  # of pytest 9

    def test_subtests(path, subtests):
        for n in range(2):
            with subtests.test(n=n):
                shop.add(path, n)
        assert shop.count(path) == 2
"""

MIXED = """
import unittest

import pytest

import shop


def test_fails(path):
    assert shop.count(path) == 7


@pytest.mark.skip(reason="not now")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_xfail(path):
    assert shop.count(path) == 9


@pytest.fixture
def broken():
    raise RuntimeError("set-up")


def test_error_in_set_up(broken):
    pass


@pytest.fixture
def broken_later():
    yield
    raise RuntimeError("tear-down")


def test_error_in_tear_down(broken_later, path):
    shop.count(path)


class CaseTest(unittest.TestCase):
    def test_sub_tests_that_fail(self):
        for n in range(2):
            with self.subTest(n=n):
                self.assertEqual(shop.total([n]), 1)


if hasattr(pytest, "Subtests"):

    def test_subtests_that_fail(path, subtests):
        for n in range(2):
            with subtests.test(n=n):
                assert shop.count(path) == n
"""


@pytest.fixture
def green(project: Project) -> Project:
    """A green suite of many kinds of tests."""
    return project.write({"shop.py": SHOP, "conftest.py": FIXTURES, "test_green.py": GREEN})


@pytest.fixture
def mixed(green: Project) -> Project:
    """The same, and tests that fail, skip and err."""
    return green.write({"test_mixed.py": MIXED})
