"""Each guard keeps some clean application clean: taken away, that application turns red."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .sweeping import Sweep, run

CASES = Path(__file__).parents[1] / "cases"

PATCH = """
import pytest_prodready.checks.errors as errors
import pytest_prodready.checks.integrity as integrity
import pytest_prodready.source as source
import pytest_prodready.sweep.outcome as outcome
import pytest_prodready.sweep.sweeper as sweeper
import pytest_prodready.trace as trace

"""


@dataclass(frozen=True)
class Guard:
    """`clean` is a case of the table, or the files of a small application; `gone` takes the guard away."""

    name: str
    clean: str | dict[str, str]
    gone: str
    check: str


def app(source: str, test: str) -> dict[str, str]:
    return {"app.py": source, "test_app.py": test}


ROUTE = """
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.errorhandler(500)
def sorry(error):
    return "sorry", 500


@app.get("/")
def show():
    return str(sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0])
"""
GET = "from app import app\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"

LAYER = """
import sqlite3

from flask import Flask

app = Flask(__name__)


def number():
    return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]


@app.errorhandler(sqlite3.Error)
def sorry(error):
    return "sorry", 503


@app.get("/")
def show():
    return str(number())
"""
LAYER_TEST = "from app import app, number\n\n\ndef test_number():\n    assert number() == 1\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"

OWN = """
import sqlite3


class StoreError(Exception):
    pass


def number():
    try:
        return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]
    except sqlite3.Error as exc:
        raise StoreError("no number") from exc
"""
OWN_TEST = "import app\n\n\ndef test_number():\n    assert app.number() == 1\n"

PASSED_IN = "def number(conn):\n    return conn.execute('SELECT 1').fetchone()[0]\n"
PASSED_IN_TEST = (
    "import sqlite3\n\nimport app\n\n\ndef test_number():\n    assert app.number(sqlite3.connect(':memory:')) == 1\n"
)

TESTS_OWN = "def double(n):\n    return 2 * n\n"
TESTS_OWN_TEST = "import sqlite3\n\nimport app\n\n\ndef test_double():\n    assert app.double(sqlite3.connect(':memory:').execute('SELECT 2').fetchone()[0]) == 4\n"

SAVE = """
import logging
import sqlite3

log = logging.getLogger(__name__)


def save(path, note):
    try:
        with sqlite3.connect(path) as conn:
            conn.execute("INSERT INTO notes VALUES (?)", (note,))
    except sqlite3.Error:
        log.{level}("not saved")
        {then}
    return True
"""
SAVE_TEST = """
import sqlite3

import pytest

import app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.executescript("CREATE TABLE notes (note); CREATE TABLE outbox (note)")
    conn.close()
    return tmp_path / "x.db"


def test_save(path):
    assert app.save(path, "tea")
"""
RETRY = """
import sqlite3
import time


class NotSaved(Exception):
    pass


def save(path, note):
    for pause in (1, 2, 4, None):
        try:
            with sqlite3.connect(path) as conn:
                conn.execute("INSERT INTO notes VALUES (?)", (note,))
            return True
        except sqlite3.Error as exc:
            if pause is None:
                raise NotSaved from exc
            time.sleep(pause)
"""
REPLY = """
import requests


def send(note):
    try:
        reply = requests.post("https://notes.example/", json={"note": note}, timeout=5)
        reply.raise_for_status()
    except requests.RequestException as exc:
        raise RuntimeError("not sent") from exc
    return "sent"
"""
REPLY_TEST = "import responses\n\nimport app\n\n\n@responses.activate\ndef test_send():\n    responses.post('https://notes.example/', json={'id': 1})\n    assert app.send('tea') == 'sent'\n"

LINK = """
import httpx
from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    try:
        name = httpx.get("https://names.example/first", timeout=5).json()["name"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        name = "nobody"
    return f"{name}, see https://names.example/first", 200 if name != "nobody" else 503
"""
LINK_TEST = "import respx\n\nfrom app import app\n\n\n@respx.mock\ndef test_show():\n    respx.get('https://names.example/first').respond(json={'name': 'Ann'})\n    assert app.test_client().get('/').text.startswith('Ann')\n"

GUARDS = [
    Guard("a handler for everything is a handler", app(ROUTE, GET), "errors.EscapedException.unanswered = staticmethod(lambda entry: entry.error is not None)", "escaped-exception"),
    Guard("an exception of source's own is no foreign one", app(OWN, OWN_TEST), "errors.EscapedException.foreign = staticmethod(lambda error: True)", "escaped-exception"),
    Guard("a raise statement in source decides", app(OWN, OWN_TEST), "source.SourceMap._raised_here = staticmethod(lambda *args: False)", "escaped-exception"),
    Guard("a unit test of an inner layer is no boundary", app(LAYER, LAYER_TEST), "errors.EscapedException.inner_layer = staticmethod(lambda view: False)\nerrors.EscapedException.doubtful = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("a connection that the test passed in is the test's", app(PASSED_IN, PASSED_IN_TEST), "errors.EscapedException.doubtful = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("calls that the test makes itself are never failed", app(TESTS_OWN, TESTS_OWN_TEST), "source.SourceMap.is_test = lambda self, name, parts: False", "escaped-exception"),
    Guard("a test double that cannot serve says nothing", "errors/ok-single-use-double/good", "source.DOUBLES = ()", "escaped-exception"),
    Guard("a mock of a whole module says nothing", "errors/ok-patched-module-except-clause/good", "source.CATCHING = 'never'", "escaped-exception"),
    Guard("a double's error is judged by nobody", "errors/ok-single-use-double/good", "sweeper._unjudged = lambda trace, entry: None\nerrors.EscapedException.foreign = staticmethod(lambda error: True)", "escaped-exception"),
    Guard("what is always shown is not leaked", app(LINK, LINK_TEST), "errors.LeakedInternals.usually_shown = staticmethod(lambda view: '')", "leaked-internals"),
    Guard("another answer is no success", app(SAVE.format(level="warning", then="return False"), SAVE_TEST), "integrity.FalseSuccess.answered_as_success = staticmethod(lambda view, control: True)", "false-success"),
    Guard("a lost effect that was logged as an error is a warning", app(SAVE.format(level="error", then="pass"), SAVE_TEST), "integrity.FalseSuccess.told = staticmethod(lambda view, ours: False)", "false-success"),
    Guard("a retry makes it good", app(RETRY, SAVE_TEST), "integrity.FalseSuccess.tried_again = staticmethod(lambda *args: False)", "false-success"),
    Guard("an outbox makes it good", "integrity/ok-outbox-same-answer/good", "integrity.FalseSuccess.taken_over = staticmethod(lambda *args: False)", "false-success"),
    Guard("a malformed reply is no failed operation", app(REPLY, REPLY_TEST), "integrity.FalseSuccess.lost = lambda self, view: view.call.effect", "false-success"),
    Guard("a time-out of an adapter is one", "errors/ok-timeout-adapter/good", "import pytest_prodready.seams.requests as seam\nseam.decides_timeout = seam._overrides_timeout = lambda *args: False", "no-timeout"),
]  # fmt: skip


def errors(sweep: Sweep) -> set[str]:
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    return {f["check"] for f in sweep.findings if f["level"] == "error"}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_guard(guard: Guard, tmp_path: Path) -> None:
    source = tmp_path / "source"
    if isinstance(guard.clean, str):
        source = CASES / guard.clean
    else:
        source.mkdir()
        for name, text in guard.clean.items():
            (source / name).write_text(text)
    with_guard, without = tmp_path / "with", tmp_path / "without"
    with_guard.mkdir()
    without.mkdir()
    plugin = tmp_path / "noguard.py"
    plugin.write_text(PATCH + guard.gone + "\n")
    assert errors(run(source, with_guard)) == set()
    assert guard.check in errors(run(source, without, "-p", "noguard", path=tmp_path))
