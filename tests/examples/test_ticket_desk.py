"""An application on psycopg (asynchronous, pooled), redis and httpx, whose own tests use real servers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.servers import need

from .sweeping import run

DESK = Path(__file__).parents[2] / "examples" / "ticket_desk"


def test_two_things_are_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that nobody catches, and a seat that is sold twice; everything else is handled, and nothing is left untried."""
    for name, variable in (("PostgreSQL", "PRODREADY_TEST_POSTGRES_URL"), ("Redis", "PRODREADY_TEST_REDIS_URL")):
        monkeypatch.setenv(variable, need(name).url)
    pillars = [f"--prodready-select={pillar}" for pillar in ("errors", "performance", "integrity")]
    sweep = run(DESK, tmp_path, *pillars)
    assert sweep.report, sweep.output
    found = {(f["check"], f["function"], f["sites"][0]["operation"]) for f in sweep.findings}
    assert found == {
        ("escaped-exception", "shows", "GET desk:shows"),
        ("false-success", "sell", "POST seating.example/v1/shows/<n>/taken"),
    }, sweep.output
    trials = sweep.report["trials"]
    assert {trial["verdict"] for trial in trials} == {"handled", "failed"}
    assert len(trials) >= 35
    assert sweep.report["internal_errors"] == []
    assert {"psycopg", "psycopg_pool", "redis", "httpx"} <= set(sweep.report["seams"])
