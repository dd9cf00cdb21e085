"""Waivers and the baseline: what covers what, which of it is stale, and how mistakes in it are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from pytest_prodready import baseline
from pytest_prodready.readiness import probes_of
from pytest_prodready.report.model import CheckInfo, Counts, Finding, Probe, findings
from pytest_prodready.sweep.plan import TrialSpec
from pytest_prodready.trace import Point, Site
from pytest_prodready.verdicts import ERROR, WARNING, Objection, TrialResult
from pytest_prodready.waivers import Waiver, Waivers, comments, read, settle, stale, tables

CHECKS = ["escaped-exception", "no-timeout", "hang", "false-success"]
INFOS = {name: CheckInfo(name, "integrity" if name == "false-success" else "errors", None) for name in CHECKS}
ORDER = {name: number for number, name in enumerate(INFOS)}
TODAY = date(2030, 6, 15)
MARK = "# prodready: ignore[escaped-exception] by hand"


def objection(line: int = 1, file: str = "app.py", function: str = "f", **fields: Any) -> Objection:
    given: dict[str, Any] = {
        "check": "escaped-exception", "level": ERROR, "site": Site(file, line, function), "entry": "GET /",
        "operation": "read t", "family": "sqlite3.Error", "handler": "the application", "message": "left f()", "fix": "Catch it.",
    }  # fmt: skip
    return Objection(**{**given, **fields})


def trial(*objections: Objection, fault: str = "db.locked", verdict: str = "failed") -> TrialResult:
    one = objections[0] if objections else objection()
    spec = TrialSpec("test_a.py::test_a", Point(one.site, one.operation, one.entry), fault, "", 1, 1, 1)
    outcome = one.check if verdict == "failed" else "degraded"
    return TrialResult(spec.id, {**spec.to_json(), "id": spec.id}, verdict, outcome, objections=list(objections))


def waivers(code: str = "", *listed: Waiver) -> Waivers:
    return Waivers((*comments(dedent(code).encode(), "app.py", CHECKS), *listed), TODAY)


def table(check: str = "escaped-exception", **fields: Any) -> Waiver:
    return Waiver(check, "known", Site("pyproject.toml", 3, ""), **fields)


def sure(check: str, concerns: Any) -> bool:
    return True


# ------------------------------------------------------------------------------------------------------------ comments
@pytest.mark.parametrize(
    "code",
    [
        f"a = get()  {MARK}\n",
        f"{MARK}\na = get()\n",
        f"# as told\n{MARK}\n# in the ticket\na = get()\n",
        f"a = get(\n    b,  {MARK}\n)\n",
        f"a = get(\n    {MARK}\n    b,\n)\n",
        f"a = get(\n    b,\n)  {MARK}\n",
        f"{MARK}\na = get(\n    b\n)\n",
        f"for a in get(\n    b\n):  {MARK}\n    pass\n",
        f"with get() as a:  # noqa: E501  {MARK}\n    pass\n",
        f"@route\n@login\nclass A(View):  {MARK}\n    pass\n",
        f"{MARK}\n@route\nclass A(View):\n    pass\n",
        f'a = get("""\n  SELECT 1\n""")  {MARK}\n',
        "a = get()  #prodready:ignore[ hang,escaped-exception ]: by hand\n",
    ],
)
def test_a_comment_waives_its_statement(code: str) -> None:
    known = waivers(code)
    line = next(number for number, text in enumerate(code.splitlines(), 1) if "get(" in text or "class" in text)
    waived = known.of(objection(line))
    assert waived is not None
    assert waived.reason == "by hand"
    assert (waived.by, waived.until) == (None, None)
    assert "prodready" in code.splitlines()[int(waived.where.removeprefix("app.py:")) - 1]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (f"a = 1  {MARK}\nb = get()\n", 2),  # of the line above, not above the line
        (f"{MARK}\n\nb = get()\n", 3),
        (f"{MARK}\na = 1\nb = get()\n", 3),
        (f"for a in b:  {MARK}\n    get(a)\n", 2),  # a block's head is no waiver for its body
        (f"for a in b:\n    {MARK}\n    get(a)\n", 1),  # nor the other way round
        (f"b = get()\n{MARK}\n", 1),
        (f'b = get("{MARK}")\n', 1),  # a text is no comment
        (f'"""\n{MARK}\n"""\nb = get()\n', 4),
        ("b = get()  # prodready: ignore[hang] another check\n", 1),
        ("b = get()  # prodready, ignore this\n", 1),
        ("b = get()  # how to: `# prodready: ignore[CHECK] reason`\n", 1),
    ],
)
def test_a_comment_waives_nothing_else(code: str, line: int) -> None:
    assert waivers(code).of(objection(line)) is None


def test_a_comment_waives_in_its_own_file_alone() -> None:
    assert waivers(f"get()  {MARK}\n").of(objection(file="other.py")) is None


def test_several_comments_each_with_its_reason() -> None:
    known = waivers(f"get()  {MARK} # prodready: ignore[hang] see #12  # noqa\n")
    assert [(w.check, w.reason) for w in known.listed] == [("escaped-exception", "by hand"), ("hang", "see #12")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# prodready: ignore[hang]", "app.py:2: ignore[hang] needs a reason behind it"),
        ("# prodready: ignore[hang]  # noqa", "app.py:2: ignore[hang] needs a reason behind it"),
        ("# prodready: ignore[hang, no-timeout] ...", "app.py:2: ignore[hang, no-timeout] needs a reason behind it"),
        ("# prodready: ignore[hagn] slow", "app.py:2: ignore[hagn]: no such check (did you mean hang?)"),
        ("# prodready: ignore[errors] slow", "app.py:2: ignore[errors]: no such check"),
        ("# prodready: ignore slow", "app.py:2: a waiver names its check: # prodready: ignore[CHECK] reason"),
        ("# prodready: ignore[] slow", "app.py:2: a waiver names its check: # prodready: ignore[CHECK] reason"),
    ],
)
def test_a_comment_that_is_not_as_it_must_be(comment: str, message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        comments(f"\nget()  {comment}\n".encode(), "app.py", CHECKS)
    assert str(caught.value).startswith(message)


def test_a_file_that_python_cannot_read_has_none() -> None:
    assert comments(f"get(  {MARK}\n".encode(), "app.py", CHECKS) == []
    assert comments(f"if a:\n  b\n c  {MARK}\n".encode(), "app.py", CHECKS) == []


def test_other_encodings() -> None:
    code = "# -*- coding: latin-1 -*-\nget()  # prodready: ignore[hang] für später\n".encode("latin-1")
    assert comments(code, "app.py", CHECKS)[0].reason == "für später"


# -------------------------------------------------------------------------------------------------------------- tables
@pytest.mark.parametrize(
    ("path", "file", "covered"),
    [
        (None, "src/shop/app.py", True),
        ("app.py", "app.py", True),
        ("app.py", "src/app.py", False),
        ("./app.py", "app.py", True),
        ("src", "src/shop/app.py", True),
        ("src/", "src/shop/app.py", True),
        ("src/*", "src/shop/app.py", True),  # the folder shop is one of them
        ("src/*.py", "src/app.py", True),
        ("src/*.py", "src/shop/app.py", False),
        ("src/**/*.py", "src/shop/deep/app.py", True),
        ("src/**/*.py", "src/app.py", True),
        ("**/app.py", "app.py", True),
        ("src/**", "src/shop/app.py", True),
        ("src/a?p.py", "src/app.py", True),
        ("src/shop", "src/shopping/app.py", False),
        ("src/a.py", "src/axpy", False),
    ],
)
def test_the_path_of_a_table(path: str | None, file: str, covered: bool) -> None:
    assert table(path=path).covers(objection(file=file)) is covered


@pytest.mark.parametrize(
    ("function", "covered"),
    [
        (None, True), ("show", True), ("make.<locals>.Page.show", True), ("make.Page.show", True), ("sh*", True),
        ("Page", False), ("make", False), ("how", False),
    ],
)  # fmt: skip
def test_the_function_of_a_table(function: str | None, covered: bool) -> None:
    assert table(function=function).covers(objection(function="make.<locals>.Page.show")) is covered


@pytest.mark.parametrize(("check", "covered"), [("escaped-*", True), ("*", True), ("hang", False)])
def test_the_check_of_a_table(check: str, covered: bool) -> None:
    assert table(check).covers(objection()) is covered


PYPROJECT = """
[tool.other]
waivers = 1

[[tool.prodready.waivers]]
check = "escaped-exception"
path = "src/*.py"
function = "show"
reason = "by hand"
approved_by = "Ada"
until = 2030-12-31

[[tool.prodready.waivers]]
check = "no-*"
reason = "a gateway cuts it off"
until = "2030-06-15"
"""


def test_tables(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    first, second = tables(tmp_path / "pyproject.toml", CHECKS)
    assert (first.check, first.path, first.function, first.reason, first.by) == (
        "escaped-exception", "src/*.py", "show", "by hand", "Ada",
    )  # fmt: skip
    assert (first.until, first.where) == (date(2030, 12, 31), "pyproject.toml:5")
    assert (second.until, second.where, second.path) == (date(2030, 6, 15), "pyproject.toml:13", None)


def test_inline_tables_and_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    assert tables(path, CHECKS) == []
    path.write_text("[project]\nname = 'prodready'\n")
    assert tables(path, CHECKS) == []
    path.write_text("[tool.prodready]\nwaivers = [{check = 'hang', reason = 'slow', until = 2030-01-01T10:00:00}]\n")
    (one,) = tables(path, CHECKS)
    assert (one.where, one.until) == ("pyproject.toml:1", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("check = 'hang'", "pyproject.toml:2: a waiver needs a reason"),
        ("reason = 'slow'", "pyproject.toml:2: a waiver needs a check"),
        ("check = 'hang'\nreason = ' '", "pyproject.toml:2: reason = ' ' must be a text"),
        ("check = ['hang']\nreason = 'slow'", "pyproject.toml:2: check = ['hang'] must be a text"),
        ("check = 'hagn'\nreason = 'slow'", "pyproject.toml:2: check = 'hagn': no such check (did you mean hang?)"),
        ("check = 'x*'\nreason = 'slow'", "pyproject.toml:2: check = 'x*': no such check"),
        ("check = 'hang'\nreasons = 'slow'", "pyproject.toml:2: a waiver has no 'reasons' (did you mean reason?); it has check, path,"),
        ("check = 'hang'\nreason = 'slow'\nuntil = 'soon'", "pyproject.toml:2: until = 'soon' must be a date, such as 2030-12-31"),
        ("check = 'hang'\nreason = 'slow'\nuntil = 3", "pyproject.toml:2: until = 3 must be a date, such as 2030-12-31"),
        ("check = 'hang'\nreason = 'slow", "pyproject.toml: "),
    ],
)  # fmt: skip
def test_a_table_that_is_not_as_it_must_be(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"\n[[tool.prodready.waivers]]\n{text}\n")
    with pytest.raises(pytest.UsageError) as caught:
        tables(tmp_path / "pyproject.toml", CHECKS)
    assert str(caught.value).startswith(message)


def test_waivers_must_be_tables(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.prodready]\nwaivers = ['hang']\n")
    with pytest.raises(pytest.UsageError, match="must be tables"):
        tables(tmp_path / "pyproject.toml", CHECKS)


# --------------------------------------------------------------------------------------------------------------- apply
def test_a_comment_goes_before_a_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "app.py").write_text(f"get()  {MARK}\n")
    (tmp_path / "plain.py").write_text("get()\n")
    sources = [(tmp_path / name, name) for name in ("app.py", "gone.py", "plain.py")]
    known = read(tmp_path, sources, CHECKS, TODAY)
    assert [w.where for w in known.listed] == ["app.py:1", "pyproject.toml:5", "pyproject.toml:13"]
    waived = known.of(objection())
    assert waived is not None
    assert waived.where == "app.py:1"
    gateway = known.of(objection(check="no-timeout"))
    assert gateway is not None
    assert (gateway.reason, gateway.until) == ("a gateway cuts it off", "2030-06-15")


@pytest.mark.parametrize(("until", "waives"), [(date(2030, 6, 14), False), (TODAY, True), (date(2031, 1, 1), True)])
def test_the_last_day_counts(until: date, waives: bool) -> None:
    known = waivers("", table(until=until))
    assert (known.of(objection()) is not None) is waives
    assert [f.message for f in stale(known, [objection()], sure, None)] == (
        [] if waives else ["the waiver of escaped-exception expired on 2030-06-14"]
    )


def test_a_failed_trial_of_which_nothing_is_left_is_waived() -> None:
    known = waivers(f"get()  {MARK}\n")
    other = trial(objection(2), fault="db.timeout")
    both = trial(objection(), objection(check="false-success"), fault="db.read-only")
    warned = trial(objection(), objection(level=WARNING, check="hang"), fault="db.deadlock")
    handled = trial(verdict="handled")
    assert [(r.verdict, r.reason) for r in settle([trial(objection()), other, both, warned, handled], (), known)] == [
        ("waived", "by hand"), ("failed", None), ("failed", None), ("waived", "by hand"), ("handled", None),
    ]  # fmt: skip


def test_a_trial_that_was_not_made_is_waived_with_what_the_ordinary_run_showed() -> None:
    static = trial(objection(check="no-timeout"))
    static.objections = []
    known = waivers("get()  # prodready: ignore[no-timeout] a gateway cuts it off\n")
    assert settle([static], [objection(check="no-timeout")], known)[0].verdict == "waived"
    assert settle([static], [objection(check="no-timeout")], waivers())[0].verdict == "failed"
    assert settle([static], [], known)[0].verdict == "failed"


def grouped(*objections: Objection, known: Waivers) -> list[Finding]:
    return findings(INFOS, ORDER, [], objections, {}, {}, known.of)


def test_what_is_waived_at_one_site_stands_at_another() -> None:
    known = waivers(f"get()  {MARK}\n")
    listed = grouped(objection(1), objection(2), known=known)
    assert [(f.site.line, f.waived is not None) for f in listed] == [(1, True), (2, False)]
    assert [f.number for f in listed] == [2, 1]  # the one that stands keeps the id
    assert grouped(objection(1), objection(2), known=waivers())[0].id == listed[1].id


class Points:
    """As much of a plan as probes ask for."""

    def __init__(self, *points: Point) -> None:
        self.points: dict[Point, Any] = {}
        self.out_of_reach: dict[Point, str] = dict.fromkeys(points, "only tests that fail reach it")


class Rule:
    def __init__(self, name: str) -> None:
        self.name, self.pillar = name, INFOS[name].pillar

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return True


def states(*results: TrialResult, known: Waivers, **fields: Any) -> dict[str, str]:
    plan: Any = Points(*(r.point for r in results))
    rules: Any = [Rule(name) for name in CHECKS]
    of = lambda o: known.of(o) is not None  # noqa: E731
    probes = probes_of(
        settle(results, (), known), plan, rules, lambda check, test: True, fields.get("objections", ()),
        fields.get("looked_at", ()), of,
    )  # fmt: skip
    return {p.pillar: p.state for p in probes}


def test_a_waived_probe_is_neither_handled_nor_failed() -> None:
    known = waivers(f"get()  {MARK}\n")
    assert states(trial(objection()), known=waivers()) == {"errors": "failed", "integrity": "handled"}
    # another pillar judged the same trial, and held nothing against it
    assert states(trial(objection()), known=known) == {"errors": "waived", "integrity": "handled"}
    handled = trial(verdict="handled", fault="db.timeout")
    assert states(trial(objection()), handled, known=known) == {"errors": "handled", "integrity": "handled"}
    worse = trial(objection(check="hang"), fault="db.timeout")
    assert states(trial(objection()), worse, known=known)["errors"] == "failed"


def test_a_waived_probe_of_the_ordinary_run() -> None:
    known = waivers("get()  # prodready: ignore[no-timeout] a gateway cuts it off\n")
    one = objection(check="no-timeout")
    looked_at = [("no-timeout", Point(one.site, one.operation, one.entry))]
    assert states(known=waivers(), objections=[one], looked_at=looked_at) == {"errors": "failed"}
    assert states(known=known, objections=[one], looked_at=looked_at) == {"errors": "waived"}
    assert states(known=known, looked_at=looked_at) == {"errors": "handled"}


def test_waived_probes_are_counted_apart() -> None:
    counts = Counts()
    for state in ("handled", "failed", "waived", "untried"):
        counts.add(Probe("errors", "app.py", 1, state))
    assert (counts.probes, counts.failed, counts.untried, counts.waived, counts.percent) == (2, 1, 1, 1, 50.0)


# --------------------------------------------------------------------------------------------------------------- stale
def test_what_matches_nothing_is_a_finding() -> None:
    known = waivers(f"get()  {MARK}\n", table(path="old.py"))
    first, second = stale(known, [], sure, None)
    assert (first.site, first.message) == (Site("app.py", 1, ""), "the waiver of escaped-exception matches no finding")
    assert (first.check.name, first.check.pillar, first.level, first.test) == ("stale-waiver", None, WARNING, "")
    assert second.site == Site("pyproject.toml", 3, "")
    assert len({first.id, second.id}) == 2
    assert first.reproduce == "pytest --prodready"
    assert [f.site.file for f in stale(known, [objection()], sure, ERROR)] == ["pyproject.toml"]


def test_two_waivers_of_the_same_are_both_needed_ones() -> None:
    assert stale(waivers(f"get()  {MARK}\n", table()), [objection()], sure, None) == []


def test_a_comment_that_belongs_to_no_statement_is_stale() -> None:
    known = waivers(f"a = 1\n\n{MARK}\n\nget()\n{MARK}\n")
    assert [f.site.line for f in stale(known, [objection(5)], sure, None)] == [3, 6]


def test_a_run_that_is_not_sure_says_nothing() -> None:
    asked = []

    def unsure(check: str, concerns: Any) -> bool:
        asked.append((check, concerns("app.py"), concerns("src/a.py")))
        return False

    known = waivers(f"get()  {MARK}\n", table("no-*", path="src"), table(until=date(2029, 1, 1)))
    assert [f.message for f in stale(known, [], unsure, None)] == [
        "the waiver of escaped-exception expired on 2029-01-01"
    ]
    assert asked == [("escaped-exception", True, False), ("no-*", False, True)]


def test_their_level_is_the_users() -> None:
    (one,) = stale(waivers(f"get()  {MARK}\n"), [], sure, ERROR)
    assert one.level == ERROR


# ------------------------------------------------------------------------------------------------------------ baseline
def written(tmp_path: Path, *listed: Finding) -> baseline.Baseline:
    path = tmp_path / "known" / "base.json"
    baseline.read(path, tmp_path, may_be_new=True).write(listed, sure)
    return baseline.read(path, tmp_path, may_be_new=False)


def test_what_was_written_is_known(tmp_path: Path) -> None:
    listed = grouped(objection(1), objection(2, check="hang", family="hang"), known=waivers())
    base = written(tmp_path, *listed)
    assert base.name == "known/base.json"
    assert sorted(base.entries) == list(base.entries) == sorted(f.id for f in listed)
    assert base.entries[listed[0].id] == {
        "check": "escaped-exception", "file": "app.py", "function": "f", "handler": "the application",
    }  # fmt: skip
    later = grouped(objection(7), objection(9, check="no-timeout", family="t"), known=waivers())
    base.mark(later)
    assert [(f.check.name, f.known) for f in later] == [("escaped-exception", True), ("no-timeout", False)]
    (gone,) = base.stale(later, sure, None)
    assert (gone.check.name, gone.level) == ("stale-waiver", WARNING)
    assert gone.message == f"{listed[1].id} (hang in f, app.py) is no longer found"
    assert listed[1].id in base.path.read_text().splitlines()[gone.site.line - 1]


def test_a_finding_goes_on_when_another_site_joins_it(tmp_path: Path) -> None:
    base = written(tmp_path, *grouped(objection(5, operation="write t"), known=waivers()))
    (joined,) = grouped(objection(1), objection(5, operation="write t"), known=waivers())
    assert joined.id not in base.entries
    base.mark([joined])
    assert joined.known
    assert base.stale([joined], sure, None) == []


def test_another_missing_handler_at_a_known_site_is_new(tmp_path: Path) -> None:
    base = written(tmp_path, *grouped(objection(handler="route GET /b"), known=waivers()))
    both = grouped(objection(handler="route GET /a"), objection(handler="route GET /b"), known=waivers())
    base.mark(both)
    assert [(f.handler, f.known) for f in both] == [("route GET /a", False), ("route GET /b", True)]


def test_what_is_left_of_a_known_finding_when_a_site_is_waived_is_known(tmp_path: Path) -> None:
    sites = objection(1), objection(2, operation="write t")
    base = written(tmp_path, *grouped(*sites, known=waivers()))
    parts = grouped(*sites, known=waivers(f"get()  {MARK}\n"))
    base.mark(parts)
    assert [(f.site.line, f.waived is not None, f.known) for f in parts] == [(1, True, False), (2, False, True)]
    assert base.stale(parts, sure, None) == []
    base.write(parts, sure)
    assert list(base.entries) == [parts[1].id]


def test_a_run_that_is_not_sure_keeps_what_it_did_not_see(tmp_path: Path) -> None:
    first, second = grouped(objection(1), objection(2, check="hang", family="hang"), known=waivers())
    base = written(tmp_path, first)
    assert base.write([second], lambda check, concerns: False) == 2
    assert base.write([second], sure) == 1
    assert list(json.loads(base.path.read_text())["findings"]) == [second.id]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "--prodready-baseline=base.json: there is no such file; --prodready-write-baseline makes it"),
        ("{", "--prodready-baseline=base.json: this is no baseline: Expecting property name"),
        ("[]", '--prodready-baseline=base.json: this is no baseline: it must be {"version": 1'),
        ('{"version": 2, "findings": {}}', '--prodready-baseline=base.json: this is no baseline: it must be {"version": 1'),
        ('{"version": 1, "findings": {"f-1": {"check": "hang"}}}', "--prodready-baseline=base.json: this is no baseline: f-1 must have the texts"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_baseline(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "base.json").write_text(text)
    with pytest.raises(pytest.UsageError) as caught:
        baseline.read(tmp_path / "base.json", tmp_path, may_be_new=False)
    assert str(caught.value).startswith(message)
