"""Same suite, same seed: same plan, same findings, in the same order."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Project


def report(project: Project, monkeypatch: pytest.MonkeyPatch, seed: int, *arguments: str) -> dict[str, Any]:
    monkeypatch.setenv("PYTHONHASHSEED", str(seed))
    _, found = project.sweep(*arguments)
    assert found["trials"]
    for trial in found["trials"]:
        trial.pop("seconds")
    return found


MODES = {
    "serial": (),
    "workers": ("-n", "2"),
    "random": ("-p", "randomly"),
}


def test_reports_are_equal(green: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = report(green, monkeypatch, 1, *MODES["serial"])
    assert any(f["level"] == "error" for f in first["findings"])
    assert report(green, monkeypatch, 2, *MODES["workers"]) == first
    assert report(green, monkeypatch, 3, *MODES["random"]) == first


@pytest.mark.long
def test_ten_runs(green: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = [*MODES.values()]
    first = report(green, monkeypatch, 0, *modes[0])
    for number in range(1, 10):
        assert report(green, monkeypatch, number, *modes[number % 3]) == first
