"""Workers share the sweep; a trial that kills its worker is one finding."""

from __future__ import annotations

from .conftest import Project

APP = """
import os
import sqlite3
from contextlib import closing


def fatal(path):
    try:
        conn = sqlite3.connect(path)
    except sqlite3.Error:
        os.kill(os.getpid(), 9)
    conn.close()
    return 1


def fine(path):
    try:
        with closing(sqlite3.connect(path)) as conn:
            return conn.execute("SELECT 1").fetchone()[0]
    except sqlite3.Error as exc:
        raise ValueError("no") from exc


def raw(path):
    return sqlite3.connect(path).execute("SELECT 1").fetchone()[0]
"""
TESTS = """
import app


def test_fatal(tmp_path):
    assert app.fatal(tmp_path / "x.db") == 1


def test_fine(tmp_path):
    assert app.fine(tmp_path / "x.db") == 1


def test_raw(tmp_path):
    assert app.raw(tmp_path / "x.db") == 1
"""


def test_a_trial_that_kills_its_worker(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS})
    result, report = project.sweep("-n", "2")
    assert {(f["check"], f["function"]) for f in report["findings"]} == {
        ("hang", "fatal"),
        ("escaped-exception", "raw"),
    }
    killed = [t for t in report["trials"] if t["function"] == "fatal"]
    assert [(t["verdict"], t["outcome"]) for t in killed] == [("failed", "hang")]
    assert {t["verdict"] for t in report["trials"] if t["function"] == "fine"} == {"handled"}
    assert result.parseoutcomes() == {"passed": 3, "failed": 2}
    assert result.ret == 1


def test_a_worker_that_dies_in_the_ordinary_run(project: Project) -> None:
    dies = "\n\ndef test_dies():\n    import os, time\n    time.sleep(0.3)\n    os._exit(1)\n"
    project.write({"app.py": APP, "test_app.py": TESTS.replace("test_fatal", "no_fatal") + dies})
    result, report = project.sweep("-n", "2")
    assert result.parseoutcomes()["failed"] == 2  # the worker's, and the finding
    assert [(f["check"], f["function"]) for f in report["findings"]] == [("escaped-exception", "raw")]
    assert {t["verdict"] for t in report["trials"] if t["function"] == "fine"} == {"handled"}


def test_findings_are_told_once(green: Project) -> None:
    result, report = green.sweep("-n", "2")
    errors = [f for f in report["findings"] if f["level"] == "error"]
    assert result.parseoutcomes()["failed"] == len(errors)
    assert result.stdout.str().count("prodready: readiness") == 1
    assert report["internal_errors"] == []


def test_the_only_worker_is_killed_and_followed(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS})
    _, report = project.sweep("-n", "1")
    assert {(f["check"], f["function"]) for f in report["findings"]} == {
        ("hang", "fatal"),
        ("escaped-exception", "raw"),
    }


def test_workers_without_a_common_folder_sweep_what_they_saw(project: Project) -> None:
    """As on another machine: what the controller names is not there."""
    far = "import pytest\n\n\n@pytest.hookimpl(trylast=True, optionalhook=True)\ndef pytest_configure_node(node):\n    node.workerinput['prodready'] = '/nowhere'\n"
    project.write({"app.py": APP, "test_app.py": TESTS.replace("test_fatal", "no_fatal"), "conftest.py": far})
    result, report = project.sweep("-n", "2")
    assert [(f["check"], f["function"]) for f in report["findings"]] == [("escaped-exception", "raw")]
    assert {t["verdict"] for t in report["trials"] if t["function"] == "fine"} == {"handled"}
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    assert report["internal_errors"] == []
