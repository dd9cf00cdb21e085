"""With the plugin, the suite's own results are exactly those of a plain run."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from .conftest import QUIET, Project

OURS = re.compile(r"^(prodready: \d+ points.*|-+ prodready: readiness -+)$")


def told(result: pytest.RunResult) -> list[str]:
    """What pytest printed, without times, numbers of folders and what we add."""
    lines: list[str] = []
    for line in result.outlines:
        if line.startswith("-") and "prodready: readiness" in line:
            lines.append("<ours>")
        elif lines and lines[-1] == "<ours>" and not re.match(r"=|-+ .+ -+$", line):
            continue
        elif not OURS.match(line):
            lines.append(line)
    text = "\n".join(line for line in lines if line != "<ours>")
    text = re.sub(r"(run)?pytest-\d+|tmp[a-z0-9_]{8}|plain\.xml|ours\.xml", "N", re.sub(r"0x[0-9a-f]+", "0x", text))
    text = re.sub(r"in \d+\.\d+s.*", "", text)
    return [line.strip("=- ") for line in text.splitlines() if line.strip("=- ")]


def junit(path: Path) -> list[tuple[str | None, str | None, list[str], list[str | None]]]:
    return sorted(
        (
            case.get("classname"),
            case.get("name"),
            [child.tag for child in case],
            [re.sub(r"pytest-\d+|popen-gw\d+|gw\d+|0x[0-9a-f]+", "N", child.text or "") for child in case],
        )
        for case in ElementTree.parse(path).getroot().iter("testcase")
    )


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name not in ("stdout", "stderr", ".coverage")  # pytester's own, and what says when it was written
        and not re.search(r"/(\.pytest_cache|__pycache__|\.hypothesis|runpytest-\d+)/", path.as_posix())
    }


def test_serial(mixed: Project) -> None:
    root = mixed.pytester.path
    outside = root.parent
    before = tree(root)
    plain = mixed.pytest("-v", f"--junitxml={outside / 'plain.xml'}")
    ours, report = mixed.sweep("-v", "--prodready-no-fail", f"--junitxml={outside / 'ours.xml'}")
    assert report["trials"], ours.stdout.str()
    assert told(ours) == told(plain)
    assert junit(outside / "ours.xml") == junit(outside / "plain.xml")
    assert ours.ret == plain.ret == 1
    assert tree(root) == before


def test_each_finding_is_one_failed_report(mixed: Project) -> None:
    plain = mixed.pytest().parseoutcomes()
    result, report = mixed.sweep()
    ours = result.parseoutcomes()
    errors = [f for f in report["findings"] if f["level"] == "error"]
    assert errors
    assert ours.pop("failed") == plain.pop("failed") + len(errors)
    assert ours == plain


def test_each_finding_is_one_failed_case_of_junit(mixed: Project) -> None:
    outside = mixed.pytester.path.parent
    mixed.pytest(f"--junitxml={outside / 'plain.xml'}")
    _, report = mixed.sweep(f"--junitxml={outside / 'ours.xml'}")
    plain, ours = junit(outside / "plain.xml"), junit(outside / "ours.xml")
    for case in plain:
        ours.remove(case)
    wanted = [f["test"].split("::")[-1] for f in report["findings"] if f["level"] == "error"]
    assert sorted(str(name) for _, name, _, _ in ours) == sorted(wanted) != []
    assert {tuple(tags) for _, _, tags, _ in ours} == {("failure",)}
    assert all("prodready: shop.py:" in str(texts) for _, _, _, texts in ours)


def test_what_was_captured_and_warned_is_shown_as_ever(mixed: Project) -> None:
    plain = mixed.pytest("-rA", "--durations=0", "--durations-min=1000")
    ours, report = mixed.sweep("-rA", "--durations=0", "--durations-min=1000", "--prodready-no-fail")
    assert report["trials"]
    assert told(ours) == told(plain)
    text = plain.stdout.str()
    assert all(part in text for part in ("Captured stdout call", "Captured log call", "warnings summary"))


def test_with_workers(mixed: Project) -> None:
    outside = mixed.pytester.path.parent
    before = tree(mixed.pytester.path)
    plain = mixed.pytest("-n", "2", f"--junitxml={outside / 'plain.xml'}")
    ours, report = mixed.sweep("-n", "2", "--prodready-no-fail", f"--junitxml={outside / 'ours.xml'}")
    assert report["trials"], ours.stdout.str()
    assert ours.parseoutcomes() == plain.parseoutcomes()
    assert junit(outside / "ours.xml") == junit(outside / "plain.xml")
    assert tree(mixed.pytester.path) == before


def order(result: pytest.RunResult) -> dict[str, list[str]]:
    """The tests of each file in the order in which they ran."""
    found: dict[str, list[str]] = {}
    for match in re.finditer(r"(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL) (test_\w+\.py)(::\S+)", result.stdout.str()):
        found.setdefault(match[1], []).append(match[2])
    return found


def test_order_with_workers(mixed: Project) -> None:
    arguments = ("-n", "2", "--dist=loadfile", "-v", "--no-summary")
    plain = mixed.pytest(*arguments)
    ours, report = mixed.sweep(*arguments, "--prodready-no-fail")
    assert report["trials"]
    assert len(order(plain)) == 2
    assert order(ours) == order(plain)


def measured(project: Project) -> dict[str, tuple[set[int], set[tuple[int, int]]]]:
    """Lines and branches of each file in coverage's data."""
    from coverage import CoverageData

    data = CoverageData(str(project.pytester.path / ".coverage"))
    data.read()
    found = {
        Path(name).name: (set(data.lines(name) or ()), set(data.arcs(name) or ())) for name in data.measured_files()
    }
    data.close()
    (project.pytester.path / ".coverage").unlink()
    return found


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "workers"])
def test_coverage_is_that_of_a_plain_run(mixed: Project, workers: tuple[str, ...]) -> None:
    arguments = ("--cov=shop", "--cov-branch", "--cov-report=", *workers)
    mixed.pytest(*arguments)
    plain = measured(mixed)
    _, report = mixed.sweep("--prodready-no-fail", *arguments)
    assert report["trials"]
    assert all(plain["shop.py"])
    assert measured(mixed) == plain


@pytest.mark.parametrize(
    "arguments",
    [("-W", "error"), ("-W", "error::ResourceWarning"), ("-s",), ("-o", "log_cli=true"), ("-p", "no:terminal")],
    ids=" ".join,
)
def test_options_of_pytest(green: Project, arguments: tuple[str, ...]) -> None:
    plain = green.pytest(*arguments)
    ours, report = green.sweep(*arguments, "--prodready-no-fail")
    assert report["trials"], ours.stdout.str()
    assert ours.ret == plain.ret == (1 if "error" in arguments else 0)
    if "no:terminal" not in arguments:
        assert told(ours)[2:] == told(plain)[2:]


LEAKING = """
import sqlite3
import warnings


def get(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT 1").fetchone()[0]
    except sqlite3.Error:
        open(path)
        warnings.warn("the old way", DeprecationWarning)
        return None


def close(path):
    sqlite3.connect(path).close()
"""
LEAKING_TESTS = """
import gc

import pytest

import app


def test_get(tmp_path):
    assert app.get(tmp_path / "x.db") == 1


def test_close(tmp_path):
    app.close(tmp_path / "x.db")
    gc.collect()
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "workers"])
def test_every_warning_an_error(project: Project, workers: tuple[str, ...]) -> None:
    """What only a fault makes the application warn of, and leave open, is no error of the suite."""
    ini = "[pytest]\nfilterwarnings = error\n"
    project.write({"app.py": LEAKING, "test_app.py": LEAKING_TESTS, "pytest.ini": ini})
    plain = project.pytest(*workers)
    ours, report = project.sweep(*workers, "--prodready-no-fail")
    verdicts = {(t["operation"], t["function"], t["verdict"]) for t in report["trials"]}
    # in production a warning is none: the handler that warns is a handler
    assert verdicts == {("connect", "get", "failed"), ("read", "get", "handled"), ("connect", "close", "failed")}
    assert ours.parseoutcomes() == plain.parseoutcomes()
    assert ours.ret == plain.ret
    assert report["internal_errors"] == []
    if not workers:
        assert told(ours) == told(plain)
    assert "Warning" not in ours.stderr.str()


def test_without_a_terminal_findings_fail_all_the_same(green: Project) -> None:
    result, report = green.sweep("-p", "no:terminal")
    assert report["findings"]
    assert result.ret == 1
    assert result.outlines == []


def test_a_debugger_sees_the_suites_own_failures_only(mixed: Project) -> None:
    arguments = ("--pdb", "--pdbcls=quits:Quits", "test_mixed.py")
    mixed.write(
        {
            "quits.py": "import pdb\n\n\nclass Quits(pdb.Pdb):\n    def interaction(self, *args, **kwargs):\n        print('DEBUGGING')\n"
        }
    )
    plain = mixed.pytest(*arguments)
    ours, report = mixed.sweep(*arguments)
    assert report == {}
    assert ours.stdout.str().count("DEBUGGING") == plain.stdout.str().count("DEBUGGING") > 0
    assert ours.parseoutcomes() == plain.parseoutcomes()
    assert ours.ret == plain.ret


def test_ctrl_c_in_the_suite(green: Project) -> None:
    green.write({"test_interrupted.py": "def test_it():\n    raise KeyboardInterrupt\n"})
    plain = green.pytest()
    result, report = green.sweep()
    assert result.ret == plain.ret == 2
    assert report == {}
    assert result.parseoutcomes() == plain.parseoutcomes()
    result.stdout.fnmatch_lines(["*prodready: no sweep: the suite was stopped*"])


def test_stopped_suite_is_not_swept(mixed: Project) -> None:
    result, report = mixed.sweep("-x", "test_mixed.py")
    assert result.parseoutcomes() == {"failed": 1}
    assert report == {}
    result.stdout.fnmatch_lines(["*prodready: no sweep: the suite was stopped*"])


def test_x_does_not_shorten_the_findings(green: Project) -> None:
    _, all_of_them = green.sweep()
    result, report = green.sweep("-x")
    assert len(report["findings"]) == len(all_of_them["findings"]) >= 2
    assert result.parseoutcomes()["failed"] == len([f for f in report["findings"] if f["level"] == "error"])


@pytest.mark.parametrize("option", ["--collect-only", "--co -q -n 2", "--setup-plan", "--setup-only"])
def test_no_sweep_where_nothing_runs(green: Project, option: str) -> None:
    plain = green.pytest(*option.split())
    ours, report = green.sweep(*option.split())
    assert report == {}
    assert told(ours) == told(plain)
    assert ours.ret == plain.ret


def test_no_sweep_under_a_debugger(green: Project) -> None:
    result, report = green.sweep("--pdb")
    assert report == {}
    result.stdout.fnmatch_lines(["*prodready: no sweep: pytest is debugging*"])
    assert result.ret == 0


def test_last_failed_selects_the_tests_with_findings(green: Project) -> None:
    _, report = green.sweep(quiet=False)
    wanted = {f["test"] for f in report["findings"] if f["level"] == "error"}
    again = green.pytest("--lf", "-v", quiet=False)
    assert {line.split(" ")[0] for line in again.outlines if " PASSED" in line} == wanted


def test_last_failed_is_that_of_a_plain_run(mixed: Project) -> None:
    def failed_last() -> list[str]:
        return [line for line in mixed.pytest("--lf", "--co", "-q", quiet=False).outlines if "::" in line]

    mixed.pytest(quiet=False)
    plain = failed_last()
    _, report = mixed.sweep("--prodready-no-fail", quiet=False)
    assert report["trials"]
    assert failed_last() == plain != []


def test_snapshots_are_not_swept(green: Project) -> None:
    green.write(
        {"snap.py": 'def pytest_addoption(parser):\n    parser.addoption("--snapshot-update", action="store_true")\n'}
    )
    result, report = green.sweep("-p", "snap", "--snapshot-update")
    assert report == {}
    result.stdout.fnmatch_lines(["*no sweep: a snapshot plugin is in update or record mode*"])


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="signals")
def test_ctrl_c_in_the_sweep(project: Project) -> None:
    app = (
        "import sqlite3\n\n\ndef get(n):\n    return sqlite3.connect(':memory:').execute(f'SELECT {n}').fetchone()[0]\n"
    )
    spin = "\n\ndef spin():\n    while True:\n        try:\n            return get(1)\n        except sqlite3.Error:\n            open('spinning', 'w').close()\n            while True:\n                pass\n"
    project.write(
        {
            "app.py": app + spin,
            "test_app.py": "import app\n\n\ndef test_a():\n    assert app.get(2) == 2\n\n\ndef test_b():\n    assert app.spin() == 1\n",
        }
    )
    command = [sys.executable, "-m", "pytest", *QUIET, "--prodready", "--prodready-deadline=60"]
    process = subprocess.Popen(
        command, cwd=project.pytester.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    )  # fmt: skip
    try:
        ends = time.monotonic() + 60
        while not (project.pytester.path / "spinning").exists() and time.monotonic() < ends:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail(f"it did not stop: {process.communicate()[0]}")
    finally:
        process.kill()
    assert process.returncode == 2, output
    assert "prodready: readiness" in output
    assert "KeyboardInterrupt" in output
