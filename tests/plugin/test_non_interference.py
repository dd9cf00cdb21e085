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


def test_with_workers(mixed: Project) -> None:
    outside = mixed.pytester.path.parent
    plain = mixed.pytest("-n", "2", f"--junitxml={outside / 'plain.xml'}")
    ours, report = mixed.sweep("-n", "2", "--prodready-no-fail", f"--junitxml={outside / 'ours.xml'}")
    assert report["trials"], ours.stdout.str()
    assert ours.parseoutcomes() == plain.parseoutcomes()
    assert junit(outside / "ours.xml") == junit(outside / "plain.xml")


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


@pytest.mark.parametrize("option", ["--collect-only", "--setup-plan", "--setup-only"])
def test_no_sweep_where_nothing_runs(green: Project, option: str) -> None:
    plain = green.pytest(option)
    ours, report = green.sweep(option)
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
        command, cwd=project.pytester.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        ends = time.monotonic() + 60
        while not (project.pytester.path / "spinning").exists() and time.monotonic() < ends:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 2, output
    assert "prodready: readiness" in output
    assert "KeyboardInterrupt" in output
