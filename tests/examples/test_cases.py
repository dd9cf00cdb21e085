"""The labelled applications of `tests/cases`: what must be found is found, and nothing else is an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.checks.performance import CHECKS

from .sweeping import Sweep, marks, run

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/*/expect.json"))


def name(folder: Path) -> str:
    return folder.relative_to(CASES).as_posix()


@pytest.fixture(scope="session")
def sweeps(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Sweep]]]:
    """All selected cases, two at a time."""
    chosen = {
        item.callspec.params["folder"]
        for item in request.session.items
        if "sweeps" in getattr(item, "fixturenames", ())
    }
    base = tmp_path_factory.mktemp("cases")
    with ThreadPoolExecutor(2) as pool:
        yield {
            name(folder): pool.submit(run, folder, _made(base / str(number)))
            for number, folder in enumerate(sorted(chosen))
        }


def _made(path: Path) -> Path:
    path.mkdir()
    return path


def last_name(function: str | None) -> str | None:
    parts = [part for part in re.split(r"[.:]", function or "") if part and not part.startswith("<")]
    return parts[-1] if parts else None


def shows(finding: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a finding, or one of its sites, is what a `must` entry asks for."""
    names = {last_name(n) for n in (wanted.get("function"), *wanted.get("or_function", [])) if n}
    return finding["check"] == wanted["check"] and any(
        not names or last_name(site["function"]) in names for site in (finding, *finding["sites"])
    )


def test_there_are_enough_cases() -> None:
    good = [folder for folder in FOLDERS if folder.name == "good"]
    assert len(FOLDERS) >= 40
    assert len(good) >= 18


#: How many cases each check of performance has at least: bad ones, and clean ones that tempt it.
BAD, CLEAN = 4, 6


@pytest.mark.parametrize("check", [check.name for check in CHECKS])
def test_there_are_enough_cases_of_performance(check: str) -> None:
    expected = [
        json.loads((folder / "expect.json").read_text()) for folder in FOLDERS if folder.parts[-3] == "performance"
    ]
    assert sum(check in {wanted["check"] for wanted in expect["must"]} for expect in expected) >= BAD
    assert sum(check in expect.get("never", []) for expect in expected) >= CLEAN


TABLE = [pytest.param(folder, id=name(folder), marks=marks(name(folder.parent))) for folder in FOLDERS]


@pytest.mark.parametrize("folder", TABLE)
def test_case(folder: Path, sweeps: dict[str, Future[Sweep]]) -> None:
    sweep = sweeps[name(folder)].result()
    expect = json.loads((folder / "expect.json").read_text())
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == []
    missed = [wanted for wanted in expect["must"] if not any(shows(f, wanted) for f in sweep.findings)]
    assert missed == [], sweep.output
    accepted = {wanted["check"] for wanted in expect["must"]} | set(expect.get("may", []))
    if folder.parent.parent.name != "security":
        accepted.add("unhandled-input")  # they were not written to withstand what nobody would type
    false = [
        (f["check"], f["file"], f["function"], f["message"])
        for f in sweep.findings
        if f["level"] == "error" and f["check"] not in accepted
    ]
    assert false == [], sweep.output
    assert [f["message"] for f in sweep.findings if f["pillar"] == "security" and not f["evidence"].get("proof")] == []
    assert [f["message"] for f in sweep.findings if f["check"] in expect.get("never", [])] == [], sweep.output
    assert sweep.code == int(any(f["level"] == "error" for f in sweep.findings)), sweep.output
