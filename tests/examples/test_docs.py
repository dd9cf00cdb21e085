"""The code in the documentation runs, on the sturdy shop."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .sweeping import run

ROOT = Path(__file__).parents[2]


def blocks(page: str, language: str = "python") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "docs" / page).read_text(), re.M | re.S)


def test_how_to_ask_for_a_failure(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    shutil.copytree(ROOT / "examples" / "sturdy_shop", project)
    shutil.rmtree(project / "tests" / "__pycache__", ignore_errors=True)
    code = blocks("how-to/fault.md")
    assert len(code) == 9
    tutorial = [block for block in blocks("tutorial.md") if "pytest.mark.fault" in block]
    assert len(tutorial) == 1
    (project / "tests" / "test_documented.py").write_text("\n\n".join([*code, *tutorial]))
    sweep = run(project, tmp_path, "tests/test_documented.py", "--prodready-no-fail")
    assert sweep.code == 0, sweep.output
    assert "15 passed" in sweep.output


def test_how_to_attack(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    shutil.copytree(ROOT / "examples" / "sturdy_shop", project)
    code = blocks("how-to/attacks.md")
    assert len(code) == 3
    (project / "tests" / "test_documented.py").write_text("\n\n".join(code))
    sweep = run(project, tmp_path, "tests/test_documented.py", "--prodready-select=security")
    assert sweep.code == 0, sweep.output
    assert {trial["input"] for trial in sweep.report["trials"]} >= {"arg.body.email"}


LIVING = """
import pytest
import responses

import app
from scripts import load


@pytest.mark.parametrize("report", [app.report, load.main])
def test_report(tmp_path, report):
    assert report(tmp_path / "x.db") == 0


@responses.activate
def test_rate():
    responses.get("https://rates.example/eur", json={"eur": 2})
    assert app.rate() == 2
"""


def test_how_to_live_with_findings(tmp_path: Path) -> None:
    project = tmp_path / "living"
    (project / "scripts").mkdir(parents=True)
    (code,) = blocks("how-to/living.md")
    table, baseline, levels = blocks("how-to/living.md", "toml")
    assert baseline.splitlines()[0] == levels.splitlines()[0] == "[tool.pytest.ini_options]"
    (project / "app.py").write_text(code)
    (project / "scripts" / "load.py").write_text(
        re.sub(r"  # prodready: .*", "", code.split("def rate")[0])
        .replace("def report", "def main")
        .replace("# prodready", "#")
    )
    (project / "test_app.py").write_text(LIVING)
    (project / "pyproject.toml").write_text(table + levels)
    sweep = run(project, tmp_path, "--prodready-report=term")
    assert sweep.code == 0, sweep.output
    assert all(finding["waived"] for finding in sweep.findings)
    assert {finding["file"] for finding in sweep.findings} == {"app.py", "scripts/load.py"}
    (shown,) = [line for line in blocks("how-to/living.md", "text")[1].splitlines() if line.startswith("waived: ")]
    assert re.sub(r":[0-9]+", ":", shown) in re.sub(r":[0-9]+", ":", sweep.output)

    (project / "pyproject.toml").write_text(baseline)
    option = "--prodready-baseline=prodready-baseline.json"
    wrong = run(project, tmp_path / "wrong", option)
    assert wrong.code == 4
    known = run(project, tmp_path / "known", option, "--prodready-write-baseline")
    assert known.code == 0, known.output
    assert {finding["known"] for finding in known.findings if finding["file"] != "app.py"} == {True}


def test_how_to_test_payments(tmp_path: Path) -> None:
    code = blocks("how-to/payments.md")
    assert len(code) == 6
    project = tmp_path / "shop"
    ignored = shutil.ignore_patterns("__pycache__", "failures")
    shutil.copytree(ROOT / "examples" / "stripe_shop" / "sturdy", project, ignore=ignored)
    (project / "tests" / "test_documented.py").write_text("\n\n".join(code))
    sweep = run(project, tmp_path, "tests/test_documented.py", "--prodready-no-fail", "--prodready-budget=0")
    assert sweep.code == 0, sweep.output
    assert "12 passed" in sweep.output


def test_strategies(tmp_path: Path) -> None:
    code = blocks("reference/strategies.md")
    assert len(code) == 2
    split = (
        "def split(amount, parts):\n    first = (amount / parts).quantize(amount)\n    return [first, amount - first]\n"
    )
    label = "def render_label(name, note):\n    return f'<b>{escape(name)}</b> {escape(note)}'\n"
    for name, escaping, told in (
        ("shop", "from html import escape\n", "2 passed"),
        ("bad", "escape = str\n", "1 failed, 1 passed"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "app.py").write_text(escaping + split + label)
        (folder / "test_documented.py").write_text("\n".join(["from app import render_label, split", *code]))
        sweep = run(folder, tmp_path / f"{name}-work", "--prodready-no-fail")
        assert told in sweep.output, sweep.output
