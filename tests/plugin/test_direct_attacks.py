"""Functions that a test calls itself: their arguments are attacked, and nothing has an effect."""

from __future__ import annotations

import shlex
from typing import Any

from .conftest import Project

APP = """
import asyncio
import contextlib
import functools
import os
import sqlite3


def names(value):
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE people (name TEXT)")
    try:
        return conn.execute(f"SELECT name FROM people WHERE name = '{value}'").fetchall()
    finally:
        conn.close()


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def decorated(name):
    return names(name)


class Store:
    def method(self, name):
        return names(name)

    @classmethod
    def of_class(cls, name):
        return names(name)

    @staticmethod
    def static(name):
        return names(name)


def keywords(*, name="nobody"):
    return names(name)


def nested(filters):
    return names(filters["all"][0]["name"])


def inner(name):
    return names(name)


def outer(number):
    return inner("Ada")


def positional(name, /):
    return names(name)


def many(first, *rest, **more):
    return [names(name) for name in (first, *rest, *more.values())]


class Card:
    def __init__(self, name):
        self.found = names(name)


class Special(Card):
    pass


class Made:
    def __new__(cls, name):
        made = super().__new__(cls)
        made.found = names(name)
        return made

    def __init__(self, name):
        self.again = names(name)


def rows(name):
    yield 0
    yield names(name)
    yield 2


@contextlib.contextmanager
def opened(name):
    yield names(name)


async def awaited(name):
    await asyncio.sleep(0)
    return names(name)


class Async:
    async def method(self, name, /, *more):
        await asyncio.sleep(0)
        return [names(name), *map(names, more)]

    @classmethod
    async def of_class(cls, name):
        return names(name)

    @staticmethod
    async def static(name):
        return names(name)


def append(name, folder):
    os.system(f"echo {name} >> {folder}/asked.txt")
"""

TESTS = """
import asyncio

import app
from app import awaited as imported


def test_decorated():
    assert app.decorated("Ada") == []


def test_methods():
    assert app.Store().method("Ada") == app.Store.of_class("Grace") == app.Store.static("Mary") == []


def test_keywords():
    assert app.keywords(name="Ada") == []


def test_nested():
    assert app.nested({"all": [{"name": "Ada"}], "more": None}) == []


def test_positional():
    assert app.positional("Ada") == []
    assert app.many("Ada", "Grace", other="Mary") == [[], [], []]


def test_objects():
    assert app.Card("Ada").found == app.Special("Grace").found == app.Made("Mary").found == []


def test_generators():
    assert list(app.rows("Ada")) == [0, [], 2]
    assert next(app.rows("Grace")) == 0
    with app.opened("Ada") as found:
        assert found == []


async def awaiting():
    assert await app.Async().method("Ada", "Grace") == [[], []]
    assert await asyncio.gather(imported("Ada"), app.Async.of_class("Grace"), app.Async.static("Mary")) == [[], [], []]


def test_coroutines():
    assert imported is app.awaited
    asyncio.run(awaiting())


def test_outer():
    assert app.outer(1) == []


def test_append(tmp_path):
    app.append("tea", tmp_path)
    assert (tmp_path / "asked.txt").read_text() == "tea\\n"
"""

SQL = "--prodready-select=sql-injection"


def attacked(report: dict[str, Any]) -> set[tuple[str, str]]:
    """(function that the test calls, argument) of all that failed."""
    return {(trial["function"], trial["input"]) for trial in report["trials"] if trial["verdict"] == "failed"}


FOUND = {
    ("decorated", "arg.name"),
    ("Store.method", "arg.name"),
    ("Store.of_class", "arg.name"),
    ("Store.static", "arg.name"),
    ("keywords", "arg.name"),
    ("nested", "arg.filters.all[0].name"),
    ("positional", "arg.name"),
    ("many", "arg.first"),
    ("many", "arg.rest[0]"),
    ("many", "arg.more.other"),
    ("Card.__init__", "arg.name"),
    ("rows", "arg.name"),
    ("opened", "arg.name"),
    ("awaited", "arg.name"),
    ("Async.method", "arg.name"),
    ("Async.method", "arg.more[0]"),
    ("Async.of_class", "arg.name"),
    ("Async.static", "arg.name"),
}


def test_every_kind_of_function_that_the_test_calls(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS})
    _, report = project.sweep(SQL)
    assert attacked(report) == FOUND
    (finding,) = report["findings"]  # one missing handler: the function that sends the statement
    assert (finding["function"], finding["level"]) == ("names", "error")
    assert {site["entry"] for site in finding["sites"]} >= {"call decorated in app.py", "call nested in app.py"}
    assert report["internal_errors"] == []

    again = project.pytest(*shlex.split(finding["reproduce"])[1:])
    again.stdout.fnmatch_lines(["*sql-injection on arg.* at app.py:*", "*verdict: failed (sql-injection)"])


def test_the_same_with_xdist(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS})
    _, report = project.sweep(SQL, "-n2")
    assert attacked(report) == FOUND


def test_nothing_is_run(project: Project) -> None:
    test = TESTS.replace("import app\n", "import subprocess\n\nimport app\n").replace("tmp_path", "folder")
    fixture = "import pathlib\n\nimport pytest\n\n\n@pytest.fixture\ndef folder():\n    return pathlib.Path('kept')\n"
    (project.pytester.path / "kept").mkdir()
    test = test.replace('.read_text() == "tea\\n"', '.read_text().startswith("tea\\n")')
    project.write({"app.py": APP, "test_app.py": test, "conftest.py": fixture})
    _, report = project.sweep("--prodready-select=command-injection", "-k", "append")
    assert attacked(report) == {("append", "arg.name")}
    assert set((project.pytester.path / "kept" / "asked.txt").read_text().split()) == {"tea"}


def test_a_suite_that_drives_an_application(project: Project) -> None:
    web = "\n\nfrom flask import Flask\n\nweb = Flask(__name__)\n\n\n@web.get('/')\ndef index():\n    return 'hello'\n"
    drive = "\n\ndef test_index():\n    assert app.web.test_client().get('/').status_code == 200\n"
    project.write({"app.py": APP + web, "test_app.py": TESTS + drive})
    _, report = project.sweep(SQL)
    assert attacked(report) == set()
    hostile = (
        "import app\nfrom hypothesis import given, settings\n\nfrom pytest_prodready import strategies\n\n\n"
        "@settings(max_examples=3, deadline=None)\n@given(strategies.markup())\ndef test_given(name):\n"
        "    try:\n        app.keywords(name=name)\n    except Exception:\n        pass\n"
    )
    project.write({"test_given.py": hostile})
    _, report = project.sweep(SQL)
    assert attacked(report) == {("keywords", "arg.name")}


def test_who_listens_to_the_interpreter_already_is_let_be(project: Project) -> None:
    fixture = (
        "import sys\n\nimport pytest\n\n\n@pytest.fixture(autouse=True)\ndef profiled():\n"
        "    sys.setprofile(lambda *args: None)\n    yield\n    assert sys.getprofile() is not None\n    sys.setprofile(None)\n"
    )
    project.write({"app.py": APP, "test_app.py": TESTS, "conftest.py": fixture})
    result, report = project.sweep(SQL)
    assert attacked(report) == set()
    assert result.ret == 0
