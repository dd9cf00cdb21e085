"""Options and their ini twins, exit codes, running a trial again."""

from __future__ import annotations

import json
import shlex

import pytest

from .conftest import Project

APP = {
    "app.py": "import sqlite3\n\n\ndef get(path):\n    return sqlite3.connect(path).execute('SELECT 1').fetchone()[0]\n",
    "test_app.py": "import app\n\n\ndef test_get(tmp_path):\n    assert app.get(tmp_path / 'x.db') == 1\n",
}


@pytest.fixture
def app(project: Project) -> Project:
    return project.write(APP)


BAD = [
    ("--prodready-depth=deep", "*--prodready-depth=deep: must be one of quick, standard, thorough*"),
    ("--prodready-seed=x", "*--prodready-seed=x: must be a whole number*"),
    ("--prodready-budget=-1", "*--prodready-budget=-1: must be a number of seconds*"),
    ("--prodready-deadline=0", "*--prodready-deadline=0: must be a number of seconds*"),
    ("--prodready-report=jsn", "*--prodready-report=jsn: kind must be one of term, json (did you mean json?)*"),
    ("--prodready-fail-under=101", "*--prodready-fail-under=101: must be a percentage from 0 to 100*"),
    ("--prodready-fail-under=eror=5", "*no such pillar (did you mean errors?)*"),
    ("--prodready-select=escaped-exeption", "*no such pillar, check or fault (did you mean escaped-exception?)*"),
    ("--prodready-ignore=dbx.*", "*--prodready-ignore=dbx.*: no such pillar, check or fault*"),
    ("--prodready-source=nowhere", "*--prodready-source=nowhere: neither a path below*nor an importable package*"),
]


@pytest.mark.parametrize(("option", "message"), BAD)
def test_bad_values_end_in_one_line(app: Project, option: str, message: str) -> None:
    result = app.pytest("--prodready", option)
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\nprodready = true\nprodready_depth = quick\nprodready_select = db.connection-refused errors\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\nprodready = true\nprodready_depth = "quick"\nprodready_select = ["db.connection-refused", "errors"]\n'),
    ],
)  # fmt: skip
def test_ini(app: Project, name: str, text: str) -> None:
    app.write({name: text})
    result = app.pytest("--prodready-report=json:report.json")
    report = json.loads((app.pytester.path / "report.json").read_text())
    assert {trial["fault"] for trial in report["trials"]} == {"db.connection-refused"}
    assert report["readiness"]["pillars"]["integrity"]["status"] == "not-selected"
    assert result.ret == 1


def test_the_option_wins_over_the_ini(app: Project) -> None:
    app.write({"pytest.ini": "[pytest]\nprodready_depth = nonsense\n"})
    _, report = app.sweep("--prodready-depth=quick")
    assert len(report["trials"]) == 2


@pytest.mark.parametrize(
    ("arguments", "checks", "faults"),
    [
        (["--prodready-ignore=db.connection-*"], {"escaped-exception"}, {"db.locked"}),
        (["--prodready-select=http.*"], set(), set()),
        (["--prodready-ignore=errors"], set(), {"db.connection-refused", "db.connection-dropped", "db.locked"}),
        (["--prodready-select=hang"], set(), {"db.connection-refused", "db.connection-dropped", "db.locked"}),
        (["--prodready-select=escaped-*"], {"escaped-exception"}, {"db.connection-refused", "db.connection-dropped"}),
    ],
)
def test_select_and_ignore(app: Project, arguments: list[str], checks: set[str], faults: set[str]) -> None:
    _, report = app.sweep(*arguments)
    assert {finding["check"] for finding in report["findings"]} == checks
    assert {trial["fault"] for trial in report["trials"]} == faults


@pytest.mark.parametrize(
    ("wanted", "code", "message"),
    [
        ("0", 0, None),
        ("50", 1, "*Production readiness failure: total of 0.0% is less than fail-under=50%*"),
        ("errors=50", 1, "*Production readiness failure: errors of 0.0% is less than fail-under=50%*"),
        ("security=1", 1, "*Production readiness failure: security is inconclusive, fail-under=1%*"),
    ],
)
def test_fail_under(app: Project, wanted: str, code: int, message: str | None) -> None:
    result, _ = app.sweep("--prodready-no-fail", f"--prodready-fail-under={wanted}", "--prodready-select=errors")
    assert result.ret == code
    if message:
        result.stdout.fnmatch_lines([message])


def test_fail_under_fails_where_nothing_was_probed(project: Project) -> None:
    project.write({"app.py": "X = 1\n", "test_app.py": "import app\n\n\ndef test_x():\n    assert app.X\n"})
    result, report = project.sweep("--prodready-fail-under=0")
    assert report["readiness"]["percent"] is None
    assert report["readiness"]["pillars"]["errors"]["status"] == "inconclusive"
    assert result.ret == 1


def test_no_budget_is_never_ready(app: Project) -> None:
    result, report = app.sweep("--prodready-budget=0", "--prodready-select=errors")
    assert {trial["verdict"] for trial in report["trials"]} == {"not-tried"}
    readiness = report["readiness"]
    assert (readiness["percent"], readiness["probes"], readiness["untried"]) == (None, 0, 2)
    assert readiness["pillars"]["errors"]["status"] == "inconclusive"
    result.stdout.fnmatch_lines(["*2 trials without a verdict: the budget was used up*"])
    assert result.ret == 0


@pytest.mark.parametrize("source", ["app.py", "app"])
def test_source_by_path_and_by_package(app: Project, source: str) -> None:
    _, report = app.sweep(f"--prodready-source={source}", "-p", "no:cacheprovider")
    assert list(report["files"]) == ["app.py"]


def test_no_source_is_said_loudly(project: Project) -> None:
    project.write(
        {
            "test_app.py": "import sqlite3\n\n\ndef test_x():\n    assert sqlite3.connect(':memory:').execute('SELECT 1')\n"
        }
    )
    result, report = project.sweep()
    assert report["trials"] == []
    result.stdout.fnmatch_lines(
        ["*NO SOURCE FOUND (looked at *): nothing was tried; name it with --prodready-source=PATH*"]
    )


def test_json_goes_to_a_new_folder(app: Project) -> None:
    result = app.pytest("--prodready", "--prodready-report=json:build/reports/ready.json")
    assert json.loads((app.pytester.path / "build/reports/ready.json").read_text())["schema"] == 1
    result.stdout.fnmatch_lines(["*Wrote json report to build/reports/ready.json*"])


def test_a_report_that_cannot_be_written_is_said(app: Project) -> None:
    app.write({"taken": ""})
    result = app.pytest("--prodready", "--prodready-report=json:taken/ready.json", "--prodready-report=term")
    result.stdout.fnmatch_lines(["*the json report was not written: *"])
    assert result.ret == 1


def test_every_finding_can_be_run_again(app: Project) -> None:
    _, report = app.sweep("-o", "cache_dir=.cache")
    finding = report["findings"][0]
    command = shlex.split(finding["reproduce"])
    assert command[0] == "pytest"
    again = app.pytest(*command[1:])
    assert again.ret == 1
    again.stdout.fnmatch_lines(
        [
            "*prodready: trial*",
            "t-*: db.connection-* at app.py:5 get()",
            "*what happened:*",
            "*app.py:5 connect: *<-- db.connection-*",
            "*verdict: failed (escaped-exception)*",
        ]
    )


def test_a_finding_by_its_id_needs_the_cache(project: Project) -> None:
    project.write(APP)
    _, report = project.sweep(quiet=False)
    finding = report["findings"][0]
    again = project.pytest(f"--prodready-finding={finding['id']}", quiet=False)
    again.stdout.fnmatch_lines(["*verdict: failed (escaped-exception)*"])
    assert again.ret == 1


@pytest.mark.parametrize("option", ["--prodready-trial=t-nothing", "--prodready-finding=f-nothing"])
def test_an_unknown_id_is_said(app: Project, option: str) -> None:
    result = app.pytest(option)
    text = result.stdout.str() + result.stderr.str()
    assert "no such trial in the tests that ran" in text
    assert "INTERNALERROR" not in text
    assert result.ret == 4


NATIVE = '[tool.pytest]\nprodready = true\nprodready_select = ["db.connection-refused", "errors"]\n{}\n'


@pytest.mark.skipif(int(pytest.__version__.split(".")[0]) < 9, reason="pytest reads it from 9 on")
def test_native_toml(app: Project) -> None:
    app.write({"pyproject.toml": NATIVE.format('prodready_budget = "0"\nprodready_report = ["json:native.json"]')})
    result = app.pytest()
    report = json.loads((app.pytester.path / "native.json").read_text())
    assert {(trial["fault"], trial["verdict"]) for trial in report["trials"]} == {
        ("db.connection-refused", "not-tried")
    }
    assert result.ret == 0
    app.write({"pyproject.toml": NATIVE.format("prodready_seed = 7")})
    wrong = app.pytest()
    assert wrong.ret == 4
    wrong.stderr.fnmatch_lines(["ERROR: *'prodready_seed' expects a string, got int: 7"])


def test_every_option_has_its_ini_twin(app: Project) -> None:
    lines = {
        "prodready": "true", "prodready_source": "app.py", "prodready_select": "errors db.*", "prodready_ignore": "db.locked",
        "prodready_depth": "quick", "prodready_seed": "7", "prodready_allow_host": "db.internal", "prodready_no_fail": "true",
        "prodready_report": "term json:a/b.json", "prodready_fail_under": "0 errors=100", "prodready_budget": "60",
        "prodready_deadline": "5", "prodready_levels": "escaped-exception=warning",
    }  # fmt: skip
    app.write({"pytest.ini": "[pytest]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())})
    result = app.pytest("--strict-config")
    report = json.loads((app.pytester.path / "a/b.json").read_text())
    assert report["seed"] == 7
    assert [finding["level"] for finding in report["findings"]] == ["warning"]
    assert result.parseoutcomes() == {"passed": 1}
    result.stdout.fnmatch_lines(["*1 warning, which fail*"])


def test_a_finding_without_a_trial_can_be_run_again(project: Project) -> None:
    project.write(
        {
            "app.py": "import requests\n\n\ndef rate():\n    try:\n        return requests.get('https://rates.example/eur').text\n    except requests.RequestException:\n        return None\n",
            "test_app.py": "import app\nimport responses\n\n\n@responses.activate\ndef test_it():\n    responses.get('https://rates.example/eur', body='2')\n    assert app.rate() == '2'\n",
        }
    )
    _, report = project.sweep("--prodready-ignore=http.*")
    (finding,) = report["findings"]
    assert finding["check"] == "no-timeout"
    again = project.pytest(*shlex.split(finding["reproduce"])[1:])
    again.stdout.fnmatch_lines(["app.py:6 no-timeout: *", "*in the ordinary run of the test, without any fault*"])
    assert again.ret == 1
