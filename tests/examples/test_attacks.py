"""A finding of an attack: what the terminal shows of it, and its trial made again."""

from __future__ import annotations

import shlex
from pathlib import Path

from .sweeping import run

CASES = Path(__file__).parents[1] / "cases" / "security"


def test_a_finding_shows_input_request_and_proof(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "again").mkdir()
    case = CASES / "xss-guestbook-stored" / "bad"
    sweep = run(case, tmp_path / "first", "--prodready-select=cross-site-scripting", "--prodready-report=term")
    (finding,) = sweep.findings
    assert {site["function"] for site in finding["sites"]} == {"entry_html", "book"}
    assert "  input:  form.text = '<zq" in sweep.output
    assert "  sent:   POST /entries" in sweep.output
    assert "[cross-site-scripting]" in sweep.output

    again = run(case, tmp_path / "again", *shlex.split(finding["reproduce"])[1:])
    assert again.code == 1, again.output
    assert "a harmless request: Lovelyzq" in again.output
    assert "got to store at app.py" in again.output
    assert "arrived as code in html at app.py:21 entry_html()" in again.output
    assert "verdict: failed (cross-site-scripting)" in again.output


def test_a_finding_of_a_command_shows_its_arguments(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "again").mkdir()
    case = CASES / "sql-click-members" / "bad"
    sweep = run(case, tmp_path / "first", "--prodready-select=sql-injection", "--prodready-report=term")
    (finding,) = sweep.findings
    assert finding["sites"][0]["entry"] == "command cli search"
    assert finding["sites"][0]["inputs"] == ["argument[0]"]
    assert "  input:  argument[0] = \"'zq" in sweep.output
    assert "  sent:   --db " in sweep.output

    again = run(case, tmp_path / "again", *shlex.split(finding["reproduce"])[1:])
    assert again.code == 1, again.output
    assert "attacked in test_app.py::test_search" in again.output
    assert "verdict: failed (sql-injection)" in again.output


def test_an_attack_that_was_absorbed_is_tried_again_too(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "again").mkdir()
    case = CASES / "redirect-login-next" / "good"
    sweep = run(case, tmp_path / "first", "--prodready-select=open-redirect")
    (trial,) = [t for t in sweep.report["trials"] if t["input"] == "form.next"]
    again = run(case, tmp_path / "again", "test_app.py::test_login", f"--prodready-trial={trial['id']}")
    assert again.code == 0, again.output
    assert "open-redirect: //zq" in again.output
    assert "verdict: handled (absorbed)" in again.output
