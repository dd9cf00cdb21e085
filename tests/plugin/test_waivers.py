"""Living with findings, through `pytest --prodready` and its report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Project

APP = """import logging
import sqlite3

import requests


def count(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        conn.close()


def rate():
    try:
        return requests.get("https://rates.example/eur").json()["eur"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return logging.warning("no rate")
"""
TESTS = """
import responses

import app


def test_count(tmp_path):
    assert app.count(tmp_path / "x.db") == 0


@responses.activate
def test_rate():
    responses.get("https://rates.example/eur", json={"eur": 2})
    assert app.rate() == 2
"""
CONNECT = "sqlite3.connect(path)"
SELECT = 'return conn.execute("SELECT count(*) FROM sqlite_master")'
GET = "# prodready: ignore[no-timeout] a gateway cuts it off"
BY_HAND = "# prodready: ignore[escaped-exception] run by hand, the traceback is wanted"
WAIVED = (
    APP.replace(CONNECT, f"{CONNECT}  {BY_HAND}")
    .replace(SELECT, f"{BY_HAND}\n        {SELECT}")
    .replace("        return requests.get", f"        {GET}\n        return requests.get")
)
TABLES = """
[[tool.prodready.waivers]]
check = "escaped-*"
path = "*.py"
function = "count"
reason = "run by hand"
approved_by = "Ada"
until = 2999-12-31

[[tool.prodready.waivers]]
check = "no-timeout"
reason = "a gateway cuts it off"
"""


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP, "test_app.py": TESTS})


def of(report: dict[str, Any], check: str) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["check"] == check]


def messages(report: dict[str, Any]) -> list[str]:
    return [f"{f['file']}:{f['line']} {f['message']}" for f in of(report, "stale-waiver")]


# ------------------------------------------------------------------------------------------------------------- waivers
def test_without_waivers_it_fails(app: Project) -> None:
    result, report = app.sweep()
    assert result.parseoutcomes() == {"passed": 2, "failed": 2}
    assert {(f["check"], f["waived"], f["known"]) for f in report["findings"]} == {
        ("escaped-exception", None, False),
        ("no-timeout", None, False),
    }


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
def test_comments(app: Project, arguments: list[str]) -> None:
    app.write({"app.py": WAIVED})
    result, report = app.sweep(*arguments)
    assert result.ret == 0
    assert result.parseoutcomes() == {"passed": 2}
    assert {f["check"] for f in report["findings"]} == {"escaped-exception", "no-timeout"}
    assert of(report, "no-timeout")[0]["waived"] == {
        "reason": "a gateway cuts it off", "by": None, "until": None, "where": "app.py:18",
    }  # fmt: skip
    verdicts = {t["verdict"] for t in report["trials"] if t["fault"].startswith("db.")}
    assert verdicts == {"waived"}
    assert {t["reason"] for t in report["trials"] if t["verdict"] == "waived"} == {
        "run by hand, the traceback is wanted", "a gateway cuts it off",
    }  # fmt: skip
    readiness = report["readiness"]
    assert readiness["failed"] == readiness["untried"] == 0
    assert {t["function"] for t in report["trials"] if t["verdict"] == "handled"} == {"rate"}
    result.stdout.fnmatch_lines(
        [
            "waived: app.py:8 escaped-exception: run by hand, the traceback is wanted (app.py:8)",
            "waived: app.py:11 escaped-exception: run by hand, the traceback is wanted (app.py:10)",
            "waived: app.py:19 no-timeout: a gateway cuts it off (app.py:18)",
        ]
    )
    assert result.stdout.str().count("waived: ") == 3


def test_tables(app: Project) -> None:
    app.write({"pyproject.toml": TABLES})
    result, report = app.sweep()
    assert result.ret == 0
    assert of(report, "escaped-exception")[0]["waived"] == {
        "reason": "run by hand", "by": "Ada", "until": "2999-12-31", "where": "pyproject.toml:2",
    }  # fmt: skip
    assert [f for f in report["findings"] if f["waived"] is None] == []
    result.stdout.fnmatch_lines(
        ["waived: app.py:10 escaped-exception: run by hand (Ada, until 2999-12-31, pyproject.toml:2)"]
    )


def test_what_is_waived_on_one_line_stands_on_another(app: Project) -> None:
    app.write({"app.py": WAIVED.replace(f"{CONNECT}  {BY_HAND}", CONNECT)})
    result, report = app.sweep()
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    assert [(f["line"], f["waived"] is not None) for f in of(report, "escaped-exception")] == [(8, False), (11, True)]
    assert report["readiness"]["failed"] == 1


def test_with_everything_waived_nothing_is_ready(app: Project) -> None:
    app.write({"pyproject.toml": TABLES})
    _, report = app.sweep("--prodready-select=db.*", "--prodready-fail-under=errors=1", "-k", "count")
    pillar = report["readiness"]["pillars"]["errors"]
    assert (pillar["status"], pillar["reason"], pillar["percent"]) == (
        "inconclusive", "all that was checked is waived", None,
    )  # fmt: skip


def test_an_expired_waiver_waives_nothing_and_is_told(app: Project) -> None:
    app.write({"pyproject.toml": TABLES.replace("2999-12-31", "2020-12-31")})
    result, report = app.sweep()
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    (one,) = of(report, "stale-waiver")
    assert (one["pillar"], one["level"], one["cwe"], one["test"], one["function"]) == (
        None,
        "warning",
        None,
        None,
        None,
    )
    assert messages(report) == ["pyproject.toml:2 the waiver of escaped-* expired on 2020-12-31"]
    result.stdout.fnmatch_lines(
        ["warning: pyproject.toml:2 stale-waiver: the waiver of escaped-* expired on 2020-12-31"]
    )


def test_a_waiver_that_matches_nothing_is_told(app: Project) -> None:
    app.write(
        {
            "app.py": WAIVED.replace("import sqlite3\n", "import sqlite3  # prodready: ignore[hang] slow disk\n"),
            "pyproject.toml": TABLES.replace('"count"', '"counted"'),
        }
    )
    result, report = app.sweep()
    assert result.ret == 0
    assert messages(report) == [
        "app.py:2 the waiver of hang matches no finding",
        "pyproject.toml:2 the waiver of escaped-* matches no finding",
    ]
    result.stdout.fnmatch_lines(["2 warnings, which fail no test: *"])


STALE = APP.replace("import sqlite3\n", "import sqlite3  # prodready: ignore[escaped-exception, no-timeout] old\n")
SKIPPED = "\n\ndef test_elsewhere():\n    import pytest\n\n    pytest.skip('another system')\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], 2),
        (["test_app.py"], 2),
        (["."], 2),
        (["-n", "2"], 2),
        (["--prodready-ignore=no-timeout"], 1),
        (["--prodready-depth=thorough"], 2),
        (["-k", "rate"], 0),
        (["-n", "2", "-k", "rate"], 0),
        (["test_app.py::test_rate"], 0),
        (["--deselect=test_app.py::test_rate"], 0),
        (["--prodready-depth=quick"], 0),
        (["--prodready-budget=0"], 0),
        (["--prodready-ignore=http.*"], 0),
        (["--prodready-ignore=stale-waiver"], 0),
    ],
)
def test_only_a_whole_run_tells_what_is_stale(app: Project, arguments: list[str], told: int) -> None:
    app.write({"app.py": STALE})
    _, report = app.sweep("--prodready-no-fail", *arguments)
    assert len(of(report, "stale-waiver")) == told


@pytest.mark.parametrize(
    "more",
    [
        {"test_app.py": TESTS + SKIPPED},
        {"test_app.py": TESTS + "\n\ndef test_fails():\n    assert app.rate\n    assert False\n"},
        {"test_more.py": "import pytest\n\npytest.skip('another system', allow_module_level=True)\n"},
    ],
)
def test_nor_does_one_in_which_a_test_did_not_pass(app: Project, more: dict[str, str]) -> None:
    app.write({"app.py": STALE, **more})
    _, report = app.sweep()
    assert of(report, "stale-waiver") == []
    assert of(report, "escaped-exception") != []


def test_a_file_among_several_is_no_whole_run(app: Project) -> None:
    app.write({"app.py": STALE, "more/test_more.py": "def test_more():\n    pass\n"})
    _, report = app.sweep("test_app.py")
    assert of(report, "stale-waiver") == []
    _, report = app.sweep("test_app.py", "more")
    assert len(of(report, "stale-waiver")) == 2


def test_a_run_from_a_folder_below_is_no_whole_run(app: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    app.write({"pytest.ini": "[pytest]\npythonpath = .\n", "app.py": STALE, "more/test_more.py": TESTS})
    monkeypatch.chdir(app.pytester.path / "more")
    _, report = app.sweep()
    assert of(report, "escaped-exception") != []
    assert of(report, "stale-waiver") == []


def test_nor_is_it_said_of_source_that_was_not_looked_at(app: Project) -> None:
    app.write({"other.py": "X = 1\n", "pyproject.toml": TABLES.replace("*.py", "other.py")})
    assert messages(app.sweep("--prodready-no-fail")[1]) == [
        "pyproject.toml:2 the waiver of escaped-* matches no finding"
    ]
    assert messages(app.sweep("--prodready-no-fail", "--prodready-source=app.py")[1]) == []
    app.write({"pyproject.toml": TABLES.replace("*.py", "gone.py")})
    assert len(messages(app.sweep("--prodready-no-fail", "--prodready-source=app.py")[1])) == 1


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"app.py": APP + "X = 1  # prodready: ignore[hang]\n"}, "ERROR: app.py:20: ignore[[]hang[]] needs a reason behind it"),
        ({"app.py": APP + "X = 1  # prodready: ignore[hagn] slow\n"}, "ERROR: app.py:20: ignore[[]hagn[]]: no such check (did you mean hang[?])"),
        ({"pyproject.toml": TABLES + "until = 'soon'\n"}, "ERROR: pyproject.toml:10: until = 'soon' must be a date, such as 2030-12-31"),
        ({"pyproject.toml": TABLES + "patch = 'app.py'\n"}, "ERROR: pyproject.toml:10: a waiver has no 'patch' (did you mean path[?])*"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("arguments", [[], ["-n", "1"]])
def test_mistakes_end_the_run_in_one_line(
    app: Project, files: dict[str, str], message: str, arguments: list[str]
) -> None:
    app.write(files)
    result = app.pytest("--prodready", *arguments)
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
    assert app.pytest().ret == 0  # without the flag nobody asks


# -------------------------------------------------------------------------------------------------------------- levels
def test_levels(app: Project) -> None:
    app.write({"app.py": STALE})
    levels = "prodready_levels=escaped-exception=warning no-timeout=warning stale-waiver=error"
    result, report = app.sweep("-o", levels)
    assert {(f["check"], f["level"]) for f in report["findings"]} == {
        ("escaped-exception", "warning"), ("no-timeout", "warning"), ("stale-waiver", "error"),
    }  # fmt: skip
    assert report["findings"][0]["check"] == "stale-waiver"  # errors come first
    assert report["readiness"]["failed"] == 0
    assert "failed" not in {t["verdict"] for t in report["trials"] if t["fault"].startswith("db.")}
    assert result.parseoutcomes() == {"passed": 2, "failed": 2}
    result.stdout.fnmatch_lines(["FAILED app.py - prodready: app.py:2 stale-waiver: *"])
    assert result.ret == 1


def test_a_warning_made_an_error_fails_its_trial_and_its_probe(app: Project) -> None:
    app.write({"app.py": APP.replace('logging.warning("no rate")', "None")})
    narrow = "--prodready-select=silent-failure"
    result, report = app.sweep(narrow)
    assert ({f["level"] for f in report["findings"]}, result.ret, report["readiness"]["failed"]) == ({"warning"}, 0, 0)
    result, report = app.sweep(narrow, "-o", "prodready_levels=silent-failure=error")
    assert ({f["level"] for f in report["findings"]}, result.ret) == ({"error"}, 1)
    assert report["readiness"]["failed"] == 1
    assert {t["outcome"] for t in report["trials"] if t["verdict"] == "failed"} == {"silent-failure"}


# -------------------------------------------------------------------------------------------------- trials and markers
def test_a_waived_trial_again(app: Project) -> None:
    app.write({"app.py": WAIVED})
    _, report = app.sweep(quiet=False)
    for finding in of(report, "escaped-exception"):
        again = app.pytest(*finding["reproduce"].split()[1:], quiet=False)
        again.stdout.fnmatch_lines(
            ["*verdict: waived (escaped-exception)", "*waived: run by hand, the traceback is wanted"]
        )
        assert again.ret == 0


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
def test_with_a_marker_alone(app: Project, arguments: list[str]) -> None:
    marked = TESTS.replace("def test_count", "@pytest.mark.prodready\ndef test_count").replace(
        "import responses", "import pytest\nimport responses"
    )
    app.write({"app.py": WAIVED, "test_app.py": marked})
    result = app.pytest("--prodready-report=json:report.json", *arguments)
    report = json.loads((app.pytester.path / "report.json").read_text())
    assert [f["check"] for f in report["findings"]] == ["escaped-exception"] * 2
    assert {t["verdict"] for t in report["trials"]} == {"waived"}
    assert result.ret == 0
    app.write({"app.py": WAIVED.replace(" a gateway cuts it off", "")})
    result = app.pytest(*arguments)
    assert result.ret == 4
    assert "app.py:18: ignore[no-timeout] needs a reason behind it" in result.stdout.str() + result.stderr.str()


# ------------------------------------------------------------------------------------------------------------ baseline
@pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
def test_baseline(app: Project, arguments: list[str]) -> None:
    option = "--prodready-baseline=known/base.json"
    result, first = app.sweep(option, "--prodready-write-baseline", *arguments)
    assert result.ret == 0
    assert result.parseoutcomes() == {"passed": 2}
    result.stdout.fnmatch_lines(["Wrote baseline of 2 findings to known/base.json"])
    path = app.pytester.path / "known" / "base.json"
    text = path.read_text()
    assert sorted(json.loads(text)["findings"]) == sorted(f["id"] for f in first["findings"])
    # lines move, and nothing is new
    app.write({"app.py": "# moved\n\n" + APP})
    result, second = app.sweep(option, *arguments)
    assert result.ret == 0
    assert [f["known"] for f in second["findings"]] == [True, True]
    assert second["readiness"]["failed"] > 0  # known is not ready
    result.stdout.fnmatch_lines(
        ["2 known from the baseline, which fail no test:", "  known: app.py:10 escaped-exception: *", "  known: *"]
    )
    # one is mended: its entry must go
    app.write({"app.py": APP.replace('/eur")', '/eur", timeout=3)')})
    result, third = app.sweep(option, *arguments)
    assert result.ret == 0
    (stale,) = of(third, "stale-waiver")
    mended = of(first, "no-timeout")[0]["id"]
    assert stale["message"] == f"{mended} (no-timeout in rate, app.py) is no longer found"
    assert mended in text.splitlines()[stale["line"] - 1]
    assert stale["file"] == "known/base.json"
    app.sweep(option, "--prodready-write-baseline", *arguments)
    assert sorted(json.loads(path.read_text())["findings"]) == [of(first, "escaped-exception")[0]["id"]]
    # what is new fails
    app.write({"app.py": APP})
    result, _ = app.sweep(option, *arguments)
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    result.stdout.fnmatch_lines(["FAILED test_app.py::test_rate - *no-timeout*", "1 known *"][:1])


def test_a_part_of_the_suite_keeps_the_rest_of_the_baseline(app: Project) -> None:
    option = "--prodready-baseline=base.json"
    app.sweep(option, "--prodready-write-baseline")
    text = (app.pytester.path / "base.json").read_text()
    app.sweep(option, "--prodready-write-baseline", "-k", "rate")
    assert (app.pytester.path / "base.json").read_text() == text


def test_the_baseline_of_the_configuration_is_the_root_s(app: Project) -> None:
    app.write({"pytest.ini": "[pytest]\nprodready_baseline = base.json\n", "sub/test_sub.py": "def test_sub(): pass\n"})
    result = app.pytest("--prodready")
    assert result.ret == 4
    result.stderr.fnmatch_lines(
        ["ERROR: --prodready-baseline=base.json: there is no such file; --prodready-write-baseline makes it"]
    )
    assert app.pytest("--prodready", "--prodready-write-baseline").ret == 0
    assert (app.pytester.path / "base.json").exists()
    assert app.pytest("--prodready", "-n", "1").ret == 0
    assert app.pytest("--prodready", "--rootdir=.", "-c", "pytest.ini", "sub").ret == 0


def test_a_baseline_to_write_needs_a_file(app: Project) -> None:
    result = app.pytest("--prodready", "--prodready-write-baseline")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: --prodready-write-baseline needs --prodready-baseline=FILE"])


def test_a_known_trial_again_tells_how_it_is(app: Project) -> None:
    app.write({"pytest.ini": "[pytest]\nprodready_baseline = base.json\n"})
    _, report = app.sweep("--prodready-write-baseline", quiet=False)
    again = app.pytest(*of(report, "escaped-exception")[0]["reproduce"].split()[1:], quiet=False)
    assert again.ret == 1
    again.stdout.fnmatch_lines(["*verdict: failed (escaped-exception)*"])


def test_waived_findings_do_not_get_into_the_baseline(app: Project) -> None:
    app.write({"app.py": WAIVED})
    app.sweep("--prodready-baseline=base.json", "--prodready-write-baseline")
    assert json.loads((app.pytester.path / "base.json").read_text()) == {"version": 1, "findings": {}}
