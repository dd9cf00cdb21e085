"""Beside other plugins, a suite's results are those that it has without us, and theirs hold nothing of our trials."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Project
from .test_non_interference import told, tree

APP = """
import datetime
import random
import sqlite3
import time

import requests


def add(path, n):
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS t (n, at)")
        conn.execute("INSERT INTO t VALUES (?, ?)", (n, now()))
        found = conn.execute("SELECT count(*), max(at) FROM t").fetchone()
    conn.close()
    return found


def now():
    return datetime.datetime.now().isoformat()


def chance():
    return random.random()


def rate():
    return requests.get("https://rates.example/eur", timeout=3).json()["eur"]
"""
PLAIN = """
import app


def test_add(tmp_path):
    assert app.add(tmp_path / "x.db", 1)[0] == 1


def test_fails(tmp_path):
    assert app.add(tmp_path / "x.db", 1)[0] == 2
"""
FLAKY = (
    PLAIN
    + """

TIMES = []


def test_passes_the_second_time(tmp_path):
    TIMES.append(1)
    assert app.add(tmp_path / "x.db", 1)[0] == len(TIMES) - 1
"""
)
FROZEN = (
    PLAIN
    + """

from freezegun import freeze_time


@freeze_time("2020-02-29")
def test_frozen(tmp_path):
    assert app.add(tmp_path / "x.db", 1) == (1, "2020-02-29T00:00:00")
"""
)
TRAVELLED = (
    PLAIN
    + """

import datetime

import time_machine


@time_machine.travel(datetime.datetime(2020, 2, 29), tick=False)
def test_travelled(tmp_path):
    assert app.add(tmp_path / "x.db", 1) == (1, "2020-02-29T00:00:00")


def test_fixture(tmp_path, time_machine):
    time_machine.move_to(datetime.datetime(2021, 1, 1), tick=False)
    assert app.add(tmp_path / "x.db", 1) == (1, "2021-01-01T00:00:00")
"""
)
MOCKED = (
    PLAIN
    + """

def test_mocked(mocker, tmp_path):
    mocker.patch("app.now", return_value="then")
    assert app.add(tmp_path / "x.db", 1) == (1, "then")
"""
)
SYRUPY = (
    PLAIN
    + """

def test_snapshot(tmp_path, snapshot):
    assert app.add(tmp_path / "x.db", 1)[0] == snapshot
"""
)
INLINE = (
    PLAIN
    + """

from inline_snapshot import snapshot


def test_inline(tmp_path):
    assert app.add(tmp_path / "x.db", 1)[0] == snapshot(1)
"""
)
CHANCE = (
    PLAIN
    + """

def test_chance(tmp_path):
    app.chance()
    assert app.add(tmp_path / "x.db", 1)[0] == 1
"""
)
SOCKETS = (
    PLAIN
    + """

import socket

import pytest
import pytest_socket


def test_disabled(socket_disabled, tmp_path):
    with pytest.raises(pytest_socket.SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    assert app.add(tmp_path / "x.db", 1)[0] == 1


@pytest.mark.enable_socket
def test_enabled(tmp_path):
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    assert app.add(tmp_path / "x.db", 1)[0] == 1
"""
)
SETS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # name: (module that must be there, tests, arguments)
    "cov": ("pytest_cov", PLAIN, ("--cov=app", "--cov-report=")),
    "timeout by signal": ("pytest_timeout", PLAIN, ("--timeout=60", "--timeout-method=signal")),
    "timeout by thread": ("pytest_timeout", PLAIN, ("--timeout=60", "--timeout-method=thread")),
    "randomly": ("pytest_randomly", CHANCE, ("-prandomly", "--randomly-seed=7")),
    "rerunfailures": ("pytest_rerunfailures", FLAKY, ("-prerunfailures", "--reruns=1")),
    "mock": ("pytest_mock", MOCKED, ("-ppytest_mock",)),
    "freezegun": ("freezegun", FROZEN, ()),
    "time-machine": ("time_machine", TRAVELLED, ("-ptime_machine",)),
    "syrupy": ("syrupy", SYRUPY, ("-psyrupy",)),
    "inline-snapshot": ("inline_snapshot", INLINE, ("-pinline_snapshot",)),
    "socket, disabled": ("pytest_socket", PLAIN, ("-ppytest_socket", "--disable-socket", "--allow-unix-socket")),
    "socket, some hosts": ("pytest_socket", PLAIN, ("-ppytest_socket", "--allow-hosts=127.0.0.1,localhost")),
    "socket, by a fixture": ("pytest_socket", SOCKETS, ("-ppytest_socket",)),
    "log_cli": ("pytest", PLAIN, ("-olog_cli=true",)),
}


@pytest.fixture
def suite(project: Project) -> Callable[[str], Project]:
    return lambda tests: project.write({"app.py": APP, "test_app.py": tests})


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["serial", "workers"])
@pytest.mark.parametrize("name", list(SETS))
def test_results_are_those_of_a_plain_run(suite: Callable[[str], Project], name: str, workers: tuple[str, ...]) -> None:
    module, tests, arguments = SETS[name]
    pytest.importorskip(module)
    project = suite(tests)
    if name == "syrupy":
        project.pytest(*arguments, "--snapshot-update")
    before = tree(project.pytester.path)
    plain = project.pytest(*arguments, *workers)
    ours, report = project.sweep(*arguments, *workers, "--prodready-no-fail")
    assert ours.parseoutcomes() == plain.parseoutcomes(), ours.stdout.str()
    assert ours.ret == plain.ret
    if not workers:
        assert told(ours) == told(plain)
    assert tree(project.pytester.path) == before
    assert report["internal_errors"] == []
    tried = {t["verdict"] for t in report["trials"]}
    assert tried <= {"handled", "failed"}, report["trials"]


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["serial", "workers"])
def test_allure_has_no_trials(suite: Callable[[str], Project], workers: tuple[str, ...]) -> None:
    pytest.importorskip("allure_pytest")
    project = suite(PLAIN)

    def results(folder: str) -> list[tuple[str, str]]:
        files = (project.pytester.path / folder).glob("*-result.json")
        return sorted((data["fullName"], data["status"]) for data in map(json.loads, (f.read_text() for f in files)))

    project.pytest("-pallure_pytest", "--alluredir=plain", *workers)
    _, report = project.sweep("-pallure_pytest", "--alluredir=ours", "--prodready-no-fail", *workers)
    assert report["trials"]
    assert results("ours") == results("plain")
    assert len(results("plain")) == 2


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["serial", "workers"])
def test_html_has_no_trials(suite: Callable[[str], Project], workers: tuple[str, ...]) -> None:
    pytest.importorskip("pytest_html")
    project = suite(PLAIN)

    def rows(name: str) -> list[str]:
        return re.findall(r"result[^&]*&#34;: &#34;(\w+)&#34;", (project.pytester.path / name).read_text())

    plugins = ("-phtml", "-pmetadata")
    project.pytest(*plugins, "--html=plain.html", *workers)
    _, report = project.sweep(*plugins, "--html=ours.html", "--prodready-no-fail", *workers)
    assert report["trials"]
    assert sorted(rows("ours.html")) == sorted(rows("plain.html")) != []


@pytest.mark.parametrize(
    ("module", "tests", "arguments", "plugin"),
    [
        ("syrupy", SYRUPY, ("-psyrupy", "--snapshot-update"), "syrupy"),
        ("inline_snapshot", INLINE, ("-pinline_snapshot", "--inline-snapshot=fix"), "inline-snapshot"),
        ("pytest_recording", PLAIN, ("-precording", "--record-mode=once"), "a cassette plugin"),
    ],
    ids=["syrupy", "inline-snapshot", "recording"],
)
def test_no_sweep_while_files_are_written(
    suite: Callable[[str], Project], module: str, tests: str, arguments: tuple[str, ...], plugin: str
) -> None:
    pytest.importorskip(module)
    result, report = suite(tests).sweep(*arguments)
    assert report == {}
    result.stdout.fnmatch_lines([f"*no sweep: {plugin} is in update or record mode*"])


def test_stepwise_begins_where_it_stopped(suite: Callable[[str], Project]) -> None:
    project = suite(PLAIN)
    result, _ = project.sweep("--sw", quiet=False)
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}
    result, _ = project.sweep("--sw", quiet=False)
    assert result.parseoutcomes() == {"failed": 1, "deselected": 1}


def test_the_cassettes_of_vcr_stay_as_they_are(project: Project, tmp_path: Path) -> None:
    pytest.importorskip("vcr")
    tests = """
import vcr

import app


@vcr.use_cassette("rate.yaml", record_mode="none")
def test_rate():
    assert app.rate() == 2
"""
    cassette = """
interactions:
- request: {body: null, headers: {}, method: GET, uri: 'https://rates.example/eur'}
  response:
    body: {string: '{"eur": 2}'}
    headers: {Content-Type: [application/json]}
    status: {code: 200, message: OK}
version: 1
"""
    project.write({"app.py": APP, "test_app.py": tests, "rate.yaml": cassette})
    before = tree(project.pytester.path)
    _, report = project.sweep()
    assert {t["operation"] for t in report["trials"]} == {"GET rates.example/eur"}
    assert [f["check"] for f in report["findings"]] == ["escaped-exception"] * len(report["findings"])
    assert report["findings"]
    assert tree(project.pytester.path) == before
