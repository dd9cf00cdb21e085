"""The main job on real input: two shops with the same tests, one that breaks and one that does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .sweeping import Sweep, run

EXAMPLES = Path(__file__).parents[2] / "examples"
FRAGILE, STURDY = EXAMPLES / "fragile_shop", EXAMPLES / "sturdy_shop"


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return run(FRAGILE, tmp_path_factory.mktemp("fragile"))


@pytest.fixture(scope="module")
def sturdy(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return run(STURDY, tmp_path_factory.mktemp("sturdy"))


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.py"))}


def test_the_tests_of_both_shops_are_the_same_files() -> None:
    sturdy = files(STURDY / "tests")
    assert b"pytest.mark.fault" in sturdy.pop("test_failures.py")  # which only the sturdy shop can pass
    assert files(FRAGILE / "tests")
    assert files(FRAGILE / "tests") == sturdy


def test_failures_that_are_asked_for_by_name_fail_the_fragile_shop(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    shutil.copytree(FRAGILE, project, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    shutil.copy(STURDY / "tests" / "test_failures.py", project / "tests")
    broken = run(project, tmp_path, "tests/test_failures.py", "--prodready-no-fail")
    assert broken.code == 1
    assert "10 failed" in broken.output, broken.output


def test_the_sturdy_shop_is_ready(sturdy: Sweep) -> None:
    readiness = sturdy.report["readiness"]
    assert sturdy.code == 0, sturdy.output
    assert "26 passed" in sturdy.output
    assert sturdy.errors() == []
    assert {f["check"] for f in sturdy.findings} <= {"unhandled-input", "unpooled-connection"}  # warnings of SQLite's
    assert readiness["percent"] == 100.0
    assert readiness["untried"] == 0
    assert readiness["pillars"]["errors"]["status"] == "measured"
    assert readiness["pillars"]["errors"]["percent"] == 100.0
    assert readiness["pillars"]["integrity"]["percent"] == 100.0
    assert {trial["verdict"] for trial in sturdy.report["trials"]} == {"handled"}


def test_the_sturdy_shop_has_no_waiver_and_no_ignore() -> None:
    text = "\n".join(p.read_text() for p in STURDY.rglob("*") if p.suffix in (".py", ".toml", ".ini"))
    assert "prodready" not in text


@pytest.mark.parametrize(
    ("check", "file", "function"),
    [
        ("escaped-exception", "shop/catalog.py", "get_products"),
        ("escaped-exception", "shop/payments.py", "charge_customer"),
        ("escaped-exception", "shop/shipping.py", "get_quote"),
        ("no-timeout", "shop/payments.py", "charge_customer"),
        ("no-timeout", "shop/payments.py", "refund_charge"),
        ("no-timeout", "shop/shipping.py", "create_parcel"),
        ("leaked-internals", "shop/payments.py", "refund_charge"),
        ("false-success", "shop/notifications.py", "send_order_confirmation"),
        ("false-success", "shop/orders.py", "update_inventory"),
    ],
)
def test_the_fragile_shop_breaks(fragile: Sweep, check: str, file: str, function: str) -> None:
    sites = [(f["check"], s["file"], s["function"]) for f in fragile.findings for s in f["sites"]]
    assert (check, file, function) in sites
    assert fragile.code == 1


def test_nine_missing_handlers_are_nine_findings(fragile: Sweep) -> None:
    assert len(fragile.errors("errors", "integrity")) == 9
    assert len(fragile.errors()) == 19
    assert "19 failed, 16 passed" in fragile.output
