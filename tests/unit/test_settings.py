"""Values that make no sense end in one clear line, wherever they come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.settings import Settings, matches, read

NAMES = ["errors", "integrity", "hang", "false-success", "db.locked", "http.read-timeout"]
KINDS = ["term", "json"]


class Config:
    """As much of pytest's as settings ask for; an ini value that is an exception is raised."""

    rootpath = Path("project")

    def __init__(self, options: dict[str, Any], ini: dict[str, Any]) -> None:
        self.options, self.ini = options, ini

    def getoption(self, name: str, default: Any = None) -> Any:
        return self.options.get(name, default)

    def getini(self, name: str) -> Any:
        if name in ("prodready_trial", "prodready_finding"):
            raise ValueError(f"unknown configuration value: {name!r}")
        value = self.ini.get(name)
        if isinstance(value, Exception):
            raise value
        return value


def settings(ini: dict[str, Any] | None = None, **options: Any) -> Settings:
    config: Any = Config({f"prodready_{name}": value for name, value in options.items()}, ini or {})
    return read(config, NAMES, KINDS)


def test_nothing_given() -> None:
    assert settings() == Settings(Path("project"))


def test_the_option_wins_over_the_ini() -> None:
    ini = {"prodready_depth": "quick", "prodready_select": ["errors"], "prodready_seed": "7"}
    found = settings(ini, depth="thorough", select=["integrity"])
    assert (found.depth, found.select, found.seed) == ("thorough", ("integrity",), 7)


def test_a_trial_or_finding_asks_for_a_sweep() -> None:
    assert settings(trial="t-1").sweep
    assert settings(finding="f-1").sweep
    assert settings({"prodready": True}).sweep


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depth": "deep"}, "--prodready-depth=deep: must be one of quick, standard, thorough"),
        ({"seed": "1.5"}, "--prodready-seed=1.5: must be a whole number"),
        *(({"budget": text}, f"--prodready-budget={text}: must be a number of seconds") for text in ("x", "", "-1", "nan", "inf")),
        *(({"deadline": text}, f"--prodready-deadline={text}: must be a number of seconds") for text in ("x", "0", "-0", "nan", "inf", "1e300")),
        ({"report": ["jsn:x"]}, "--prodready-report=jsn:x: kind must be one of term, json (did you mean json?)"),
        *(({"fail_under": [text]}, f"--prodready-fail-under={text}: must be a percentage from 0 to 100") for text in ("x", "-1", "100.5", "nan", "errors=")),
        ({"fail_under": ["eror=5"]}, "--prodready-fail-under=eror=5: no such pillar (did you mean errors?); there are errors, security, performance, dependencies, integrity"),
        ({"select": ["db.lokced"]}, "--prodready-select=db.lokced: no such pillar, check or fault (did you mean db.locked?)"),
        ({"ignore": ["x*"]}, "--prodready-ignore=x*: no such pillar, check or fault"),
    ],
    ids=str,
)  # fmt: skip
def test_bad_values(options: dict[str, Any], message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        settings(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hagn=error", "prodready_levels: 'hagn=error' must be CHECK=error or CHECK=warning (did you mean hang?)"),
        ("hang=fatal", "prodready_levels: 'hang=fatal' must be CHECK=error or CHECK=warning"),
        ("hang", "prodready_levels: 'hang' must be CHECK=error or CHECK=warning"),
        # levels are of checks: for a pillar or a fault they would change nothing
        ("errors=warning", "prodready_levels: 'errors=warning' must be CHECK=error or CHECK=warning"),
        ("db.locked=warning", "prodready_levels: 'db.locked=warning' must be CHECK=error or CHECK=warning"),
    ],
)
def test_bad_levels(text: str, message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        settings({"prodready_levels": [text]})
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("invalid truth value 'x'"), "prodready_no_fail: invalid truth value 'x'"),  # before pytest 9
        (pytest.UsageError("invalid truth value 'x'"), "prodready_no_fail: invalid truth value 'x'"),
        (TypeError("config option 'prodready_no_fail' expects a bool"), "config option 'prodready_no_fail' expects a bool"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_pytest_says_of_an_ini_value_is_not_lost(error: Exception, message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        settings({"prodready_no_fail": error})
    assert str(caught.value) == message


def test_good_values() -> None:
    found = settings(
        {"prodready_levels": ["hang=warning"], "prodready_no_fail": True},
        budget="0", deadline="0.5", seed="-1", report=["json", "term", "json:a:b.json"], fail_under=["80", "errors=99.5"],
        select=["db.*", "errors"], ignore=["http.read-*"], allow_host=["db", "10.0.0.1"],
    )  # fmt: skip
    assert (found.budget, found.deadline, found.seed, found.no_fail) == (0, 0.5, -1, True)
    assert found.reports == (("json", None), ("term", None), ("json", "a:b.json"))
    assert found.fail_under == (("total", 80), ("errors", 99.5))
    assert found.levels == (("hang", "warning"),)
    assert found.allow_hosts == ("db", "10.0.0.1")


@pytest.mark.parametrize(
    ("names", "patterns", "fits"),
    [
        (["db.locked"], ["db.*"], True),
        (["db.locked"], ["*"], True),
        (["db.locked"], ["DB.*"], False),
        (["hang", "errors"], ["errors"], True),
        (["db.locked"], ["db.lock"], False),
        (["db.locked"], [], False),
        ([], ["*"], False),
    ],
)
def test_matches(names: list[str], patterns: list[str], fits: bool) -> None:
    assert matches(names, patterns) is fits
