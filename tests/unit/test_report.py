"""Findings, readiness and the table, worked out once for every kind of report."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from pytest_prodready.report.jsonreport import JsonReporter
from pytest_prodready.report.model import (
    CheckInfo,
    Counts,
    Finding,
    Pillar,
    Probe,
    Report,
    findings,
    tally,
)
from pytest_prodready.report.terminal import IN_FULL, TerminalReporter, story
from pytest_prodready.sweep.plan import TrialSpec
from pytest_prodready.trace import Point, Site
from pytest_prodready.verdicts import ERROR, WARNING, Objection, TrialResult

CHECKS = {
    "escaped-exception": CheckInfo("escaped-exception", "errors", 248),
    "no-timeout": CheckInfo("no-timeout", "errors", 1088),
    "false-success": CheckInfo("false-success", "integrity", 394),
}
ORDER = {name: number for number, name in enumerate(CHECKS)}


def objection(line: int = 1, **fields: Any) -> Objection:
    given: dict[str, Any] = {
        "check": "escaped-exception", "level": ERROR, "site": Site("app.py", line, "f"), "entry": "GET /",
        "operation": "read t", "family": "sqlite3.Error", "handler": "the application", "message": "left f()", "fix": "Catch it.",
    }  # fmt: skip
    return Objection(**{**given, **fields})


def trial(
    *objections: Objection, test: str = "test_a.py::test_a", fault: str = "db.locked", **fields: Any
) -> TrialResult:
    one = objections[0] if objections else objection()
    point = Point(one.site, one.operation, one.entry)
    spec = TrialSpec(test, point, fault, fields.pop("variant", ""), 1, fields.pop("wave", 1), fields.pop("order", 1))
    return TrialResult(
        spec.id, {**spec.to_json(), "id": spec.id}, "failed" if objections else "handled", objections=list(objections)
    )


def found(
    *results: TrialResult, ordinary: tuple[Objection, ...] = (), levels: dict[str, str] | None = None, **static: Any
) -> list[Finding]:
    return findings(CHECKS, ORDER, results, ordinary, levels or {}, static.get("static", {}))  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ findings
def test_one_missing_handler_is_one_finding() -> None:
    (finding,) = found(
        trial(objection(1)),
        trial(objection(1), fault="db.timeout"),
        trial(objection(2, operation="write t"), test="test_a.py::test_b"),
    )
    assert [(one.site.line, one.faults, len(one.trials)) for one in finding.sites] == [
        (1, ["db.locked", "db.timeout"], 2),
        (2, ["db.locked"], 1),
    ]
    assert finding.faults == ["db.locked", "db.timeout"]
    assert finding.test == "test_a.py::test_a"  # that of its first trial
    assert finding.tests == ["test_a.py::test_a", "test_a.py::test_b"]


@pytest.mark.parametrize("field", ["family", "handler", "check"])
def test_another_check_family_or_handler_is_another_finding(field: str) -> None:
    other = "false-success" if field == "check" else "another"
    assert len(found(trial(objection()), trial(objection(**{field: other}), fault="db.timeout"))) == 2


def test_the_order_of_results_is_of_no_account() -> None:
    results = [
        trial(objection(1), fault="db.timeout", order=8, wave=2),
        trial(objection(2)),
        trial(objection(3, family="OSError")),
        trial(objection(4, level=WARNING)),
    ]
    listed = [[f.id for f in found(*some)] for some in itertools.permutations(results)]
    assert all(ids == listed[0] for ids in listed)
    assert found(*results)[0].sites[0].site.line == 2  # wave 1 before wave 2


def test_errors_come_first_then_pillars_then_checks() -> None:
    listed = found(
        trial(objection(1, level=WARNING)),
        trial(objection(2, check="false-success", family="lost effect")),
        trial(objection(3, family="OSError")),
    )
    assert [(f.level, f.check.name) for f in listed] == [
        (ERROR, "escaped-exception"),
        (ERROR, "false-success"),
        (WARNING, "escaped-exception"),
    ]


def test_an_error_at_one_site_leads_though_a_warning_came_first() -> None:
    (finding,) = found(
        trial(objection(1, level=WARNING, message="perhaps")), trial(objection(2), test="test_b.py::test_b")
    )
    assert (finding.level, finding.site.line, finding.message, finding.test) == (
        ERROR,
        2,
        "left f()",
        "test_b.py::test_b",
    )
    assert finding.first_trial == finding.sites[0].trials[0]


@pytest.mark.parametrize(("own", "level"), [(WARNING, ERROR), (ERROR, WARNING)])
def test_levels_are_the_users(own: str, level: str) -> None:
    (finding,) = found(trial(objection(level=own)), levels={"escaped-exception": level})
    assert finding.level == level


def test_the_id_survives_moved_lines_and_nothing_else() -> None:
    def id_of(**fields: Any) -> str:
        return found(trial(objection(**fields)))[0].id

    known = id_of()
    assert id_of(line=99) == known
    assert id_of(message="other words", handler="route GET /") == known
    for changed in (
        {"site": Site("b.py", 1, "f")},
        {"site": Site("app.py", 1, "g")},
        {"operation": "commit"},
        {"family": "OSError"},
    ):
        assert id_of(**changed) != known  # fmt: skip
    assert known == "f-" + known[2:]
    assert len(known) == 10


def test_what_an_ordinary_run_shows_names_its_trial() -> None:
    shown = objection(check="no-timeout", family="requests time-out", test="test_a.py::test_a")
    point = Point(shown.site, shown.operation, shown.entry)
    (finding,) = found(ordinary=(shown,), static={("no-timeout", point): ("t-1", "http.read-timeout")})
    assert finding.reproduce == "pytest test_a.py::test_a --prodready-trial=t-1"
    assert finding.faults == ["http.read-timeout"]
    (alone,) = found(ordinary=(shown,))
    assert alone.reproduce == f"pytest test_a.py::test_a --prodready-finding={alone.id}"


@pytest.mark.parametrize("name", ["test_a[x y]", "test_a[1]", "test_a[a;b]", "test_a[$HOME]", "test_a[it's]", 'test_a["]', "test_a[`id`]", "test_a[a|b]", "test_a[<]"])  # fmt: skip
def test_the_command_is_safe_in_a_shell(name: str) -> None:
    import shlex

    (finding,) = found(trial(objection(), test=f"test_a.py::{name}"))
    assert shlex.split(finding.reproduce)[1] == f"test_a.py::{name}"


# --------------------------------------------------------------------------------------------------- counts and table
def test_tally() -> None:
    report = Report("0", 0)
    tally(report, [
        Probe("errors", "b.py", 9, "failed", ("db.locked",)), Probe("errors", "b.py", 2, "failed", ("reply.html", "db.timeout")),
        Probe("integrity", "b.py", 9, "failed", ("db.locked", "db.disk-full")), Probe("errors", "a.py", 1, "handled"),
        Probe("errors", "a.py", 3, "untried"),
    ])  # fmt: skip
    assert (report.total.probes, report.total.failed, report.total.untried) == (4, 3, 1)
    assert list(report.files) == ["a.py", "b.py"]
    assert report.files["b.py"].missing == {2: ["db.timeout", "reply.html"], 9: ["db.disk-full", "db.locked"]}
    assert report.files["a.py"].counts.percent == 100
    assert report.files["a.py"].missing == {}


def test_without_probes_there_is_no_percentage() -> None:
    assert Counts(0, 0, 7).percent is None


def table(**files: Counts) -> list[str]:
    report = Report("0", 0)
    for name, counts in files.items():
        for number in range(counts.probes):
            tally(report, [Probe("errors", f"{name}.py", number, "failed" if number < counts.failed else "handled")])
    return TerminalReporter().render(report).splitlines()


@pytest.mark.parametrize(
    ("probes", "failed", "shown"),
    [(1, 0, "100%"), (1, 1, "0%"), (1000, 1, "99%"), (1000, 999, "1%"), (3, 1, "67%"), (2, 1, "50%")],
)
def test_all_and_none_are_said_only_of_all_and_none(probes: int, failed: int, shown: str) -> None:
    lines = table(app=Counts(probes, failed))
    assert lines[-3].split() == ["TOTAL", str(probes), str(failed), "0", shown]


def test_the_table() -> None:
    report = Report("0", 0, pillars={
        "errors": Pillar("measured", Counts(10, 3)), "security": Pillar("not-selected", Counts()),
        "integrity": Pillar("inconclusive", Counts(), "no writes observed"),
    })  # fmt: skip
    tally(report, [Probe("errors", "src/shop/checkout.py", 42, "failed", ("http.read-timeout", "reply.html")), Probe("errors", "app.py", 1, "untried")])  # fmt: skip
    rule = "-" * 80
    assert (
        TerminalReporter().render(report).splitlines()
        == [
            "Name                  Probes  Failed  Untried  Ready  Missing",
            rule,
            "app.py                     0       0        1    n/a",
            "src/shop/checkout.py       1       1        0     0%  42[http.read-timeout, reply.html]",
            rule,
            "TOTAL                      1       1        1     0%",
            "",
            "errors 70% · security not selected · integrity inconclusive (no writes observed)",
            "",
        ][:-1]
    )


def test_an_empty_table() -> None:
    lines = TerminalReporter().render(Report("0", 0)).splitlines()
    assert lines[0] == "Name  Probes  Failed  Untried  Ready  Missing"
    assert lines[3].split() == ["TOTAL", "0", "0", "0", "n/a"]


# -------------------------------------------------------------------------------------------------------------- stories
def long_finding() -> Finding:
    faults = ("db.locked", "db.timeout", "db.disk-full", "db.read-only", "db.deadlock")
    evidence = {"text": "disk\nI/O error " * 50}
    trials = [trial(objection(n, evidence=evidence, entry=f"GET /{n}"), fault=f) for n in range(1, 6) for f in faults]
    return found(*trials)[0]


def test_a_story_has_at_most_ten_lines() -> None:
    lines = story(long_finding())
    assert len(lines) <= 10
    assert not any("\n" in line for line in lines)
    assert lines[0] == "app.py:1 escaped-exception: left f()"
    assert "  fault:  db.deadlock, db.disk-full, db.locked and 2 more" in lines
    assert "  also:   app.py:2 (GET /2), app.py:3 (GET /3) and 2 more" in lines
    assert lines[-1].startswith("  again:  pytest test_a.py::test_a --prodready-trial=t-")
    assert "CWE-248" in lines[-1]


def test_a_message_of_many_lines_does_not_stretch_the_story() -> None:
    (finding,) = found(trial(objection(message="one\ntwo\nthree", fix="Do\nthis.")))
    assert not any("\n" in line for line in story(finding))


def test_ten_findings_in_full_and_one_line_for_each_other() -> None:
    report = Report("0", 0)
    report.findings = found(*(trial(objection(n, handler=f"route {n:02}", operation=f"read t{n}")) for n in range(13)))
    report.findings += found(*(trial(objection(n, handler=f"w {n}", level=WARNING)) for n in range(2)))
    lines = TerminalReporter().render(report).splitlines()
    assert sum(line.startswith("  again:") for line in lines) == IN_FULL == 10
    assert sum(line.startswith("app.py:") for line in lines) == 13
    assert [line for line in lines if "warning" in line] == [
        "2 warnings, which fail no test: see --prodready-report=json"
    ]


def test_notes_and_our_own_errors_are_told() -> None:
    report = Report("0", 0, notes=["a host was blocked"], internal_errors=["KeyError in arm.py:3"])
    assert TerminalReporter().render(report).splitlines()[-2:] == [
        "note: a host was blocked",
        "prodready's own error (no verdict, please report it): KeyError in arm.py:3",
    ]


# ----------------------------------------------------------------------------------------------------------------- json
def test_json() -> None:
    report = Report("0.1.0", 3, pillars={"errors": Pillar("measured", Counts(3, 1)), "integrity": Pillar("inconclusive", Counts(), "x")})  # fmt: skip
    results = [trial(fault="db.timeout", order=8), trial(objection(42))]
    report.trials, report.findings = results, found(*results)
    tally(report, [Probe("errors", "app.py", n, "failed" if n == 42 else "handled", ("db.locked",) if n == 42 else ()) for n in (1, 2, 42)])  # fmt: skip
    data = json.loads(JsonReporter().render(report))
    assert (data["schema"], data["version"], data["seed"]) == (1, "0.1.0", 3)
    assert data["readiness"]["percent"] == 66.7
    assert data["readiness"]["pillars"]["errors"] == {
        "status": "measured", "percent": 66.7, "probes": 3, "failed": 1, "untried": 0, "reason": None
    }  # fmt: skip
    assert data["readiness"]["pillars"]["integrity"]["percent"] is None
    assert data["files"]["app.py"]["missing"] == {"42": ["db.locked"]}
    assert [one["fault"] for one in data["trials"]] == ["db.locked", "db.timeout"]
    assert set(data["trials"][0]) >= {
        "id", "test", "fault", "attack", "input", "file", "line", "function", "entry", "operation", "occurrence", "wave",
        "verdict", "outcome", "reason", "seconds",
    }  # fmt: skip
    (finding,) = data["findings"]
    assert set(finding) == {
        "id", "check", "pillar", "level", "cwe", "family", "handler", "file", "line", "function", "sites", "test", "message",
        "evidence", "fix", "waived", "known", "reproduce",
    }  # fmt: skip
    assert set(finding["sites"][0]) == {
        "file", "line", "function", "entry", "operation", "faults", "attacks", "inputs", "trials",
    }  # fmt: skip
    assert finding["sites"][0]["trials"] == [results[1].id]


def test_verdicts_travel_as_json() -> None:
    result = trial(objection(evidence={"text": "x"}))
    again = TrialResult.from_json(json.loads(json.dumps(result.to_json())))
    assert again.objections == result.objections
    assert again.point == result.point
    assert (again.id, again.verdict) == (result.id, result.verdict)


def test_findings_that_lack_different_handlers_have_ids_of_their_own() -> None:
    shown = found(
        trial(objection(handler="first in a.py")), trial(objection(handler="second in a.py"), fault="db.timeout")
    )
    assert [finding.id for finding in shown] == [shown[0].id, f"{shown[0].id}-2"], shown
