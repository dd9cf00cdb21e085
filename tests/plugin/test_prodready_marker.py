"""Tests that ask to be swept themselves: what their marker chooses, leaves out and costs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_prodready.manual import _check_sweep

from .conftest import Project

APP = """
import sqlite3

import requests


def get(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        conn.close()


def rate():
    try:
        return requests.get("https://rates.example/eur").json()["eur"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return None
"""
TEST = """
import pytest
import responses

import app


@pytest.mark.prodready{arguments}
def test_swept(tmp_path):
    assert app.get(tmp_path / "x.db") == 0


@responses.activate
def test_other():
    responses.get("https://rates.example/eur", json={{"eur": 2}})
    assert app.rate() == 2
"""


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP})


def run(app: Project, arguments: str, *options: str) -> tuple[pytest.RunResult, dict[str, Any]]:
    app.write({"test_app.py": TEST.format(arguments=arguments)})
    result = app.pytest("--prodready-report=json:report.json", "--prodready-report=term", *options)
    path = app.pytester.path / "report.json"
    return result, json.loads(path.read_text()) if path.exists() else {}


def test_only_the_marked_test_is_observed_and_swept(app: Project) -> None:
    result, report = run(app, "")
    assert {trial["test"] for trial in report["trials"]} == {"test_app.py::test_swept"}
    assert {finding["check"] for finding in report["findings"]} == {"escaped-exception"}  # and no `no-timeout`
    assert list(report["seams"]) == ["sqlite3"]
    assert result.ret == 1


@pytest.mark.parametrize(
    ("arguments", "errors"),
    [
        ('(ignore=["escaped-exception"])', "measured"),
        ('(select=["hang"])', "measured"),
        ('(ignore=["errors"])', "inconclusive"),
        ('(select=["integrity"])', "inconclusive"),
    ],
)
def test_checks_and_pillars_are_chosen_too(app: Project, arguments: str, errors: str) -> None:
    result, report = run(app, arguments)
    assert report["findings"] == []
    assert report["readiness"]["pillars"]["errors"]["status"] == errors
    assert result.ret == 0


def test_faults_that_are_chosen_do_not_narrow_the_checks(app: Project) -> None:
    _, report = run(app, '(select=["db.connection-*"])')
    assert {trial["fault"].partition("-")[0] for trial in report["trials"]} == {"db.connection"}
    assert [finding["check"] for finding in report["findings"]] == ["escaped-exception"]


def test_a_test_that_is_skipped_is_not_swept_and_nothing_is_said(app: Project) -> None:
    result, report = run(app, '(skip="drives a card reader")')
    assert report == {}
    assert "prodready" not in result.stdout.str().partition("test_app.py")[2]
    assert result.parseoutcomes() == {"passed": 2}


def test_a_test_that_is_skipped_is_not_swept_with_the_flag_either(app: Project) -> None:
    _, report = run(app, '(skip="drives a card reader")', "--prodready", "--prodready-ignore=http.*")
    assert "test_app.py::test_swept" not in {trial["test"] for trial in report["trials"]}
    assert report["trials"]


def test_no_fail_and_its_finding_again(app: Project) -> None:
    result, report = run(app, "", "--prodready-no-fail")
    assert result.ret == 0
    again = app.pytest(*report["findings"][0]["reproduce"].split()[1:])
    again.stdout.fnmatch_lines(["*verdict: failed (escaped-exception)*"])
    assert again.ret == 1


def test_a_deadline_of_its_own(app: Project) -> None:
    slow = "import sqlite3\nimport threading\n\n\ndef get(path):\n    try:\n        sqlite3.connect(path).close()\n    except sqlite3.Error:\n        while True:\n            pass\n    return 0\n"
    app.write({"app.py": slow})
    app.write({"test_app.py": TEST.format(arguments="(deadline=0.3)").partition("@responses")[0]})
    result = app.pytest("--prodready-report=json:report.json")
    report = json.loads((app.pytester.path / "report.json").read_text())
    assert {finding["check"] for finding in report["findings"]} == {"hang"}
    assert max(trial["seconds"] for trial in report["trials"]) < 5
    assert result.ret == 1


MARK = pytest.mark.prodready


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (MARK("db.*"), "it takes its arguments by name: select, ignore, skip, deadline"),
        (MARK(select="db.*"), "it: select='db.*' must be a list of names, such as ['db.*']"),
        (MARK(ignore=[1]), "it: ignore=[1] must be a list of names, such as ['db.*']"),
        (MARK(ignore=["escaped-exeption"]), "it: ignore='escaped-exeption' is no pillar, check or fault; did you mean 'escaped-exception'?"),
        (MARK(deadline="soon"), "it: deadline='soon' must be a number of seconds"),
        (MARK(deadline=0), "it: deadline=0 must be a number of seconds"),
        (MARK(deadline=True), "it: deadline=True must be a number of seconds"),
        (MARK(skip=True), "it: skip needs a reason"),
    ],
)  # fmt: skip
def test_wrong_arguments(mark: pytest.MarkDecorator, message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        _check_sweep("it", mark.mark, ["errors", "escaped-exception", "db.locked"])
    assert str(caught.value) == message


def test_with_workers_there_is_the_same_report(app: Project) -> None:
    """The controller of xdist collects nothing: it hears of the marker from its workers."""
    pytest.importorskip("xdist")
    alone, report = run(app, "")
    workers, shared = run(app, "", "-n", "2")
    assert [f["id"] for f in shared["findings"]] == [f["id"] for f in report["findings"]] != []
    assert [(t["id"], t["verdict"]) for t in shared["trials"]] == [(t["id"], t["verdict"]) for t in report["trials"]]
    assert shared["readiness"] == report["readiness"]
    assert workers.ret == alone.ret == 1
    assert workers.parseoutcomes() == alone.parseoutcomes()
    workers.stdout.fnmatch_lines(["*prodready: readiness*", "FAILED test_app.py::test_swept - prodready: app.py:*"])


def test_workers_without_findings(app: Project) -> None:
    pytest.importorskip("xdist")
    result, report = run(app, '(ignore=["escaped-exception"])', "-n", "1")
    assert report["trials"]
    assert report["findings"] == []
    assert result.ret == 0
