"""Two shops that use the stripe SDK, with the same tests: one charges twice and believes any webhook, the other does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from .sweeping import Sweep, run
from .test_shops import files

EXAMPLES = Path(__file__).parents[2] / "examples" / "stripe_shop"
FRAGILE, STURDY = EXAMPLES / "fragile", EXAMPLES / "sturdy"
#: How many tests of failures there are, and how many of them the fragile shop fails.
FAILURES, FAILED = 18, 14


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return run(FRAGILE, tmp_path_factory.mktemp("fragile"))


@pytest.fixture(scope="module")
def sturdy(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return run(STURDY, tmp_path_factory.mktemp("sturdy"))


def test_the_tests_of_both_shops_are_the_same_files() -> None:
    for folder in ("tests", "failures"):
        assert files(FRAGILE / folder)
        assert files(FRAGILE / folder) == files(STURDY / folder)
    assert (FRAGILE / "conftest.py").read_bytes() == (STURDY / "conftest.py").read_bytes()


def test_the_sturdy_shop_passes_every_test_of_a_failure(tmp_path: Path) -> None:
    """And the sweep puts no second failure on top."""
    failures = run(STURDY, tmp_path, "failures")
    assert failures.code == 0, failures.output
    assert f"{FAILURES} passed" in failures.output
    assert failures.errors() == []
    swept = {trial["test"].partition("::")[2].partition("[")[0] for trial in failures.report["trials"]}
    assert swept == {"test_a_webhook_of_somebody_else_changes_nothing"}


def test_the_sturdy_shop_is_ready(sturdy: Sweep) -> None:
    assert sturdy.code == 0, sturdy.output
    assert sturdy.errors() == []
    assert sturdy.report["readiness"]["percent"] == 100.0
    assert sturdy.report["readiness"]["untried"] == 0
    assert sturdy.report["internal_errors"] == []
    assert {trial["verdict"] for trial in sturdy.report["trials"]} == {"handled"}


def test_the_sturdy_shop_has_no_waiver_and_no_ignore() -> None:
    text = "\n".join(p.read_text() for p in (STURDY / "shop").rglob("*.py"))
    assert "prodready" not in text
    assert "[tool.prodready" not in (STURDY / "pyproject.toml").read_text()


def test_the_fragile_shop_fails_most_tests_of_a_failure(tmp_path: Path) -> None:
    failures = run(FRAGILE, tmp_path, "failures", "--prodready-no-fail", "--prodready-budget=0")
    assert f"{FAILED} failed, {FAILURES - FAILED} passed" in failures.output
    assert "Paid(times=2, amount=10000) == (1, 5000)" in failures.output  # the customer paid twice


@pytest.mark.parametrize(
    ("check", "file", "function"),
    [
        ("duplicate-effect", "shop/payments.py", "pay"),
        ("false-success", "shop/payments.py", "refund"),
        ("partial-write", "shop/orders.py", "place_order"),
        ("unverified-payment", "shop/webhooks.py", "stripe_webhook"),
    ],
)
def test_the_fragile_shop_breaks(fragile: Sweep, check: str, file: str, function: str) -> None:
    sites = [(f["check"], s["file"], s["function"]) for f in fragile.findings for s in f["sites"]]
    assert (check, file, function) in sites
    assert fragile.code == 1


def test_its_own_tests_are_green(fragile: Sweep) -> None:
    assert len(fragile.errors("errors", "integrity")) == 4
    assert len(fragile.errors()) == 9
    assert "9 failed, 9 passed" in fragile.output
