"""Without flag, marker or fixture nothing is patched and nothing but the entry module is imported."""

from __future__ import annotations

from .conftest import Project

PROBE = """
import asyncio, concurrent.futures, http.client, logging, socket, sqlite3, sys, threading, time, unittest, unittest.mock
import flask, httpx, requests, sqlalchemy, werkzeug.test

WATCHED = [
    sqlite3, sqlite3.dbapi2, requests.Session, httpx.Client, httpx.AsyncClient, flask.Flask, werkzeug.test.Client,
    logging.Logger, unittest.TestCase, unittest.mock._patch, unittest.mock.CallableMixin, time, asyncio, socket, socket.socket,
    threading.Event, asyncio.BaseEventLoop, concurrent.futures.ThreadPoolExecutor, sqlalchemy.Engine,
]
found = {f"{owner.__name__}.{name}": value for owner in WATCHED for name, value in vars(owner).items()}


def ours():
    return sorted(name for name in sys.modules if name.startswith("pytest_prodready"))


def foreign():
    now = {f"{owner.__name__}.{name}": value for owner in WATCHED for name, value in vars(owner).items()}
    changed = [name for name in found if now.get(name) is not found[name]]
    wrapped = [name for name, value in now.items() if type(value).__module__.startswith("wrapt")]
    mine = [name for name, value in now.items() if str(getattr(value, "__module__", "")).startswith("pytest_prodready")]
    return changed + wrapped + mine
"""


def test_nothing_is_imported_and_nothing_is_patched(project: Project) -> None:
    project.write(
        {
            "probe.py": PROBE,
            "test_app.py": """
import probe


def test_idle():
    assert probe.ours() == ["pytest_prodready", "pytest_prodready.plugin"]
    assert probe.foreign() == []
""",
        }
    )
    result = project.pytest("-p", "probe")
    assert result.ret == 0, result.stdout.str()


def test_the_probe_would_see_it(project: Project) -> None:
    project.write(
        {"probe.py": PROBE, "test_app.py": "import probe\n\n\ndef test_active():\n    assert probe.foreign()\n"}
    )
    result = project.pytest("--prodready")
    assert result.parseoutcomes() == {"passed": 1}


def test_all_is_undone_at_the_end(project: Project) -> None:
    run = """
import sys, pytest, probe
code = pytest.main(["-q", "-p", "prodready", "--prodready", "-p", "no:cacheprovider"])
assert probe.foreign() == [], probe.foreign()
sys.exit(code)
"""
    app = "import sqlite3\n\n\ndef get():\n    return sqlite3.connect(':memory:').execute('SELECT 1').fetchone()\n"
    test = "import app\n\n\ndef test_get():\n    assert app.get() == (1,)\n"
    project.write({"probe.py": PROBE, "run.py": run, "app.py": app, "test_app.py": test})
    result = project.pytester.runpython(project.pytester.path / "run.py")
    assert result.ret == 1, result.stdout.str() + result.stderr.str()
    result.stdout.fnmatch_lines(["*escaped-exception*"])
