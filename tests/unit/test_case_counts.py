"""How many labelled applications each check has, by framework: `python -m pytest -s` on this file prints the table."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_prodready.checks import built_in

CASES = Path(__file__).parents[1] / "cases"
#: Framework -> what its applications import or define; the first that is found is that of the application.
FRAMEWORKS = {
    "django": r"^\s*(?:from|import) (?:django|rest_framework)\b",
    "fastapi": r"^\s*(?:from|import) (?:fastapi|starlette)\b",
    "flask": r"^\s*(?:from|import) flask\b",
    "aiohttp": r"^\s*from aiohttp import web\b",
    "asgi": r"async def \w+\((?:self, )?scope\b",
    "wsgi": r"def \w+\((?:self, )?environ\b|^\s*(?:from|import) (?:werkzeug|bottle)\b",
    "command": r"^\s*(?:from|import) (?:click|typer|argparse)\b",
    "call": "",
}
#: Pillar -> (applications with the defect, clean ones that tempt) that each of its checks has at least.
LEAST = {"errors": (4, 4), "security": (4, 4), "integrity": (4, 4), "dependencies": (4, 4), "performance": (1, 1)}


class Case(NamedTuple):
    """A labelled folder: whether it is clean, what its application is written with, and the checks that it is about."""

    clean: bool
    framework: str
    checks: frozenset[str]


def framework_of(folder: Path) -> str:
    texts = [path.read_text() for path in folder.rglob("*.py") if not path.name.startswith(("test_", "conftest"))]
    return next(
        name for name, shows in FRAMEWORKS.items() if any(re.search(shows, text, re.M) for text in texts or [""])
    )


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*/*/*/expect.json")):
        expect, twin = json.loads(path.read_text()), path.parent.parent / "bad" / "expect.json"
        about = {wanted["check"] for wanted in expect["must"]} | set(expect.get("tempts", ()))
        clean = path.parent.name == "good"
        if clean and twin.exists():
            about |= {wanted["check"] for wanted in json.loads(twin.read_text())["must"]}
        yield Case(clean, framework_of(path.parent), frozenset(about))


def counts() -> Counter[tuple[str, str, bool]]:
    """(check, framework, whether it is clean) -> how many folders; framework "" for all of them."""
    return Counter(
        (check, framework, case.clean)
        for case in cases()
        for check in case.checks
        for framework in ("", case.framework)
    )


CHECKS = {check.name: check.pillar for check in built_in() if check.pillar in LEAST}
COUNTS = counts()


def test_the_table() -> None:
    print(f"\n{'bad/clean':30}{'all':>8}", *(f"{name:>8}" for name in FRAMEWORKS), sep="")
    for check in sorted(CHECKS, key=lambda name: (CHECKS[name], name)):
        row = (f"{COUNTS[check, name, False]}/{COUNTS[check, name, True]}" for name in ("", *FRAMEWORKS))
        print(f"{check:30}", *(f"{'·' if cell == '0/0' else cell:>8}" for cell in row), sep="")
    assert {check for check, _, _ in COUNTS} <= CHECKS.keys()  # no label of a check that there is not


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_has_its_cases(check: str) -> None:
    bad, clean = LEAST[CHECKS[check]]
    assert COUNTS[check, "", False] >= bad
    assert COUNTS[check, "", True] >= clean
