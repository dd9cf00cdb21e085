"""Connections that are taken and given back: by sqlite3 itself, and out of SQLAlchemy's pools."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam

from .conftest import Bench, EverythingIsSource


@pytest.fixture
def run(bench: Bench) -> Iterator[Bench]:
    """A run of ours: in an ordinary one nobody counts."""
    hub.run = 1
    yield bench
    hub.run = 0


@pytest.fixture
def engine(run: Bench, tmp_path: Path) -> Iterator[Engine]:
    seams = Seams([sqlalchemy_seam.SEAM])
    seams.install()
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    yield engine
    engine.dispose()
    seams.uninstall()


def kinds(bench: Bench) -> list[tuple[str, bool]]:
    return [(lease.kind, lease.closed) for lease in bench.trace.leases]


def test_close_gives_back(run: Bench) -> None:
    conn = sqlite3.connect(":memory:")
    assert kinds(run) == [("connection", False)]
    conn.close()
    assert kinds(run) == [("connection", True)]
    assert run.trace.left_open == {}


def test_garbage_collection_does_not(run: Bench) -> None:
    sqlite3.connect(":memory:")
    gc.collect()
    assert run.trace.left_open == {"app.py:1": 1}


def test_a_with_block_leaves_it_open(run: Bench) -> None:
    with sqlite3.connect(":memory:"):
        pass
    assert [(lease.left, lease.closed) for lease in run.trace.leases] == [(True, False)]


def test_in_an_ordinary_run_nobody_counts(bench: Bench) -> None:
    sqlite3.connect(":memory:").close()
    assert bench.trace.leases == []


def test_what_a_repeated_request_takes_is_not_counted(run: Bench) -> None:
    run.trace.phase = "again"
    sqlite3.connect(":memory:").close()
    assert run.trace.leases == []


def test_check_outs(run: Bench, engine: Engine) -> None:
    with engine.connect() as conn:
        conn.execute(text("SELECT 1"))
        assert run.trace.left_open == {"QueuePool": 1}
    assert kinds(run) == [("check-out", True)], "what the pool connects is the pool's"


def test_the_garbage_collector_checks_nothing_in(run: Bench, engine: Engine) -> None:
    engine.connect()
    gc.collect()
    assert run.trace.left_open == {"QueuePool": 1}
    engine.connect().close()
    assert kinds(run) == [("check-out", False), ("check-out", True)]


def test_a_session_gives_back_when_it_ends_its_transaction(run: Bench, engine: Engine) -> None:
    session = Session(engine)
    session.execute(text("SELECT 1"))
    assert kinds(run) == [("check-out", False)]
    session.rollback()
    assert kinds(run) == [("check-out", True)]


def test_a_session_of_the_test_is_the_tests(run: Bench, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlalchemy_seam, "maker", lambda frame, instance: "test")
    with Session(engine) as session:
        session.execute(text("SELECT 1"))
    assert kinds(run) == []


def test_a_pool_that_shares_one_connection(run: Bench) -> None:
    seams = Seams([sqlalchemy_seam.SEAM])
    seams.install()
    engine = create_engine("sqlite://")
    with engine.connect() as one, engine.connect() as other:
        assert one.execute(text("SELECT 1")).scalar() == other.execute(text("SELECT 1")).scalar()
        assert len(run.trace.leases) == 1
    assert run.trace.left_open == {}
    engine.dispose()
    seams.uninstall()


def test_where_it_is_closed(run: Bench) -> None:
    sqlite3.connect(":memory:").close()
    assert run.trace.leases[0].closed_in == ("work",)
    assert isinstance(hub.sources, EverythingIsSource)
