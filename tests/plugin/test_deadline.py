"""A trial that does not end is ended, and nobody waits for virtual time."""

from __future__ import annotations

import pytest

from .conftest import Project

GET = "import sqlite3, threading, time\n\n\ndef get(path):\n    return sqlite3.connect(path).execute('SELECT 1').fetchone()[0]\n\n\n"
TEST = "import app\n\n\ndef test_run(tmp_path):\n    assert app.run(tmp_path / 'x.db') == 1\n"


@pytest.mark.parametrize(
    "forever",
    [
        "while True:\n            pass",
        "lock = threading.Lock()\n        lock.acquire()\n        lock.acquire()",
        "time.sleep(7200)",
    ],
    ids=["busy", "lock", "virtual"],
)
def test_hang(project: Project, forever: str) -> None:
    run = f"def run(path):\n    try:\n        return get(path)\n    except sqlite3.Error:\n        {forever}\n"
    project.write({"app.py": GET + run, "test_app.py": TEST})
    result, report = project.sweep("--prodready-deadline=1", "--prodready-depth=quick")
    assert {f["check"] for f in report["findings"]} == {"hang"}
    assert all(trial["seconds"] < 5 for trial in report["trials"])
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}


def test_back_off_is_virtual(project: Project) -> None:
    run = """
def run(path):
    ends = time.monotonic() + 300
    while time.monotonic() < ends:
        try:
            return get(path)
        except sqlite3.Error:
            time.sleep(30)
    raise RuntimeError("gave up")
"""
    project.write({"app.py": GET + run, "test_app.py": TEST})
    _, report = project.sweep()
    assert [f["check"] for f in report["findings"] if f["level"] == "error"] == []
    outcomes = {(t["fault"], t["outcome"]) for t in report["trials"] if t["operation"] == "connect"}
    assert ("db.connection-refused", "translated") in outcomes
    assert all(trial["seconds"] < 5 for trial in report["trials"])


def test_the_timer_of_pytest_timeout_is_each_trials_own(project: Project) -> None:
    run = "def run(path):\n    end = time.perf_counter() + 0.3\n    while time.perf_counter() < end:\n        pass\n    return get(path)\n"
    project.write({"app.py": GET + run, "test_app.py": TEST})
    result, report = project.sweep("--timeout=1")
    assert {t["verdict"] for t in report["trials"]} == {"failed"}
    assert {f["check"] for f in report["findings"]} == {"escaped-exception"}
    assert result.ret == 1
