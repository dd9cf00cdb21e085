"""Other times: planned where source reads the clock, asked for by name, and nowhere else."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
from datetime import date
from time import time


def in_a_year():
    today = date.today()
    return today.replace(year=today.year + 1)


def took():
    began = time()
    return (time() - began) ** 0.5 + 0.0


def double(n):
    return 2 * n
"""
TESTS = """
import app


def test_in_a_year():
    assert app.in_a_year()


def test_double():
    assert app.double(2) == 4
"""


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP, "test_app.py": TESTS})


def faults(report: dict) -> set[str]:  # type: ignore[type-arg]
    return {trial["fault"] for trial in report["trials"]}


def test_a_calendar_error_and_the_command_that_shows_it_again(app: Project) -> None:
    _, report = app.sweep()
    [finding] = report["findings"]
    assert (finding["check"], finding["level"], finding["cwe"]) == ("calendar-error", "error", 682)
    assert (finding["file"], finding["function"]) == ("app.py", "in_a_year")
    assert finding["sites"][0]["operation"] == "now"
    assert report["seams"] == {"clock": 1}
    assert report["readiness"]["pillars"]["errors"]["status"] == "inconclusive"
    assert report["readiness"]["pillars"]["integrity"]["failed"] == 1
    again = app.pytest("test_app.py::test_in_a_year", f"--prodready-trial={finding['sites'][0]['trials'][0]}")
    again.stdout.fnmatch_lines(["*clock.leap-day at app.py:7 in_a_year()", "*verdict: failed (calendar-error)*"])


def test_workers_find_the_same(app: Project) -> None:
    _, alone = app.sweep()
    _, shared = app.sweep("-n2")
    assert [f["id"] for f in shared["findings"]] == [f["id"] for f in alone["findings"]] != []
    assert {t["id"] for t in shared["trials"]} == {t["id"] for t in alone["trials"]}


@pytest.mark.parametrize("arguments", [["--prodready-depth=quick"], ["--prodready-ignore=clock.*"]])
def test_not_where_nobody_wants_it(app: Project, arguments: list[str]) -> None:
    _, report = app.sweep(*arguments)
    assert report["trials"] == []
    assert report["seams"] == {}


def test_a_fault_that_is_named_is_tried_at_any_depth(app: Project) -> None:
    _, report = app.sweep("--prodready-depth=quick", "--prodready-select=clock.month-end")
    assert faults(report) == {"clock.month-end"}


def test_a_source_that_reads_no_clock_pays_nothing(project: Project) -> None:
    project.write({
        "app.py": "def double(n):\n    return 2 * n\n",
        "test_app.py": "import sys\n\nimport app\n\nRUNS = []\n\n\ndef test_double():\n    assert app.double(2) == 4\n    RUNS.append(1)\n",
        "conftest.py": "import sys\n\n\ndef pytest_unconfigure():\n"
                       "    print('runs', len(sys.modules['test_app'].RUNS), 'freezegun' in sys.modules)\n",
    })  # fmt: skip
    result, _ = project.sweep("--prodready-ignore=security")
    result.stdout.fnmatch_lines(["*runs 1 False*"])


def test_asked_for_by_name(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": """
import datetime

import pytest

import app


@pytest.mark.fault("clock.leap-day")
def test_marked():
    with pytest.raises(ValueError, match="day is out of range"):
        app.in_a_year()
    assert datetime.date.today().day == 29


@pytest.mark.fault("clock.jump-back")
def test_goes_back():
    assert isinstance(app.took(), complex)


def test_injected(faults):
    with faults.inject("clock.year-end") as fault:
        assert app.in_a_year().month == 12
    assert fault.fired == 1
    assert app.in_a_year().year == datetime.date.today().year + 1


def test_within_another(faults):
    with faults.inject("db.timeout"), faults.inject("clock.after-2038") as fault:
        assert app.took() < 60
        assert datetime.datetime.now().year == 2038
    assert fault.fired == 1


@pytest.mark.fault("clock.leap-day")
def test_never():
    app.double(2)
"""})  # fmt: skip
    result = project.pytest("-p", "freezegun.api")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*the fault clock.leap-day never fired*"])


def test_a_test_that_does_not_bear_freezegun_is_told(project: Project) -> None:
    project.write({"app.py": APP, "test_app.py": """
import datetime

import app


def test_in_a_year():
    assert app.in_a_year()
    assert datetime.datetime.__module__ == "datetime"
"""})  # fmt: skip
    _, report = project.sweep()
    assert report["findings"] == []
    assert "1 test does not pass once more under freezegun: no clock faults there" in report["notes"]
