"""sqlite3: what is observed, and that an injected failure and what it leaves behind equal the real ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Bench


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (x)")
    conn.commit()
    conn.close()
    return path


# ---------------------------------------------------------------------- observation
def test_calls(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(str(path), timeout=2)
    conn.execute("INSERT INTO t VALUES (1)")
    conn.cursor().executemany("INSERT INTO t VALUES (?)", [(2,), (3,)])
    assert conn.execute("SELECT count(*) FROM t").fetchone() == (3,)
    conn.commit()
    conn.commit()
    conn.rollback()
    with conn:
        conn.execute("UPDATE t SET x = 0")
    conn.close()
    assert [(call.kind, call.operation, call.failable) for call in bench.calls] == [
        ("connect", "connect", True),
        ("write", "write t", True),
        ("write", "write t", True),
        ("read", "read t", True),
        ("commit", "commit", True),
        ("commit", "commit", False),
        ("write", "write t", True),
        ("commit", "commit", True),
    ]
    assert bench.calls[0].timeout == 2
    assert {call.target for call in bench.calls} == {str(path)}


def test_classes_and_rows_stay(path: Path, bench: Bench) -> None:
    class Own(sqlite3.Connection):
        pass

    conn = sqlite3.connect(path, factory=Own)
    conn.row_factory = sqlite3.Row
    assert isinstance(conn, Own)
    assert type(conn).__name__ == "Own"
    assert isinstance(conn.cursor(), sqlite3.Cursor)
    conn.execute("INSERT INTO t VALUES (1)")
    assert conn.execute("SELECT x FROM t").fetchone()["x"] == 1
    conn.close()


def test_with_rolls_back(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlite3.OperationalError), conn:
        conn.execute("no such statement")
    assert conn.execute("SELECT count(*) FROM t").fetchone() == (0,)
    conn.close()


# ---------------------------------------------------------------------- against real failures
def alike(injected: BaseException, real: BaseException) -> None:
    assert type(injected) is type(real)
    assert injected.args == real.args
    assert isinstance(injected, sqlite3.Error)
    assert isinstance(real, sqlite3.Error)
    assert (injected.sqlite_errorcode, injected.sqlite_errorname) == (
        real.sqlite_errorcode,
        real.sqlite_errorname,
    )
    assert (injected.__cause__, injected.__context__) == (real.__cause__, real.__context__) == (None, None)


def real(act: Callable[[], Any]) -> BaseException:
    with pytest.raises(sqlite3.Error) as caught:
        act()
    return caught.value


def test_cannot_open(bench: Bench, tmp_path: Path) -> None:
    found = real(lambda: sqlite3.connect(tmp_path / "no" / "such" / "folder.db"))
    alike(bench.struck_by("db.connection-refused", lambda: sqlite3.connect(tmp_path / "a.db")), found)
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("fault", ["db.locked", "db.timeout", "db.deadlock", "db.serialization-failure"])
def test_locked(path: Path, bench: Bench, fault: str) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    conn = sqlite3.connect(path, timeout=0.05)
    found = real(lambda: conn.execute("INSERT INTO t VALUES (1)"))
    after = conn.in_transaction
    other.rollback()
    conn.rollback()

    alike(bench.struck_by(fault, lambda: conn.execute("INSERT INTO t VALUES (1)")), found)
    assert conn.in_transaction is after is True
    assert bench.clock.passed == [0.05]
    conn.execute("INSERT INTO t VALUES (1)")
    conn.commit()
    assert other.execute("SELECT count(*) FROM t").fetchone() == (1,)
    for one in (conn, other):
        one.close()


def test_locked_at_commit(path: Path, bench: Bench) -> None:
    reader = sqlite3.connect(path)
    reader.execute("INSERT INTO t VALUES (0)")
    reader.commit()
    reader.execute("BEGIN")
    rows = reader.execute("SELECT * FROM t")
    rows.fetchone()
    conn = sqlite3.connect(path, timeout=0.05)
    conn.execute("INSERT INTO t VALUES (1)")
    found = real(conn.commit)
    assert conn.in_transaction
    reader.rollback()
    conn.commit()

    conn.execute("INSERT INTO t VALUES (2)")
    alike(bench.struck_by("db.locked", conn.commit), found)
    assert conn.in_transaction
    conn.commit()
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (3,)
    for one in (conn, reader):
        one.close()


def test_read_only(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = real(lambda: conn.execute("INSERT INTO t VALUES (1)"))
    after = conn.in_transaction
    conn.close()
    conn = sqlite3.connect(path)
    alike(bench.struck_by("db.read-only", lambda: conn.execute("INSERT INTO t VALUES (1)")), found)
    assert conn.in_transaction is after
    conn.close()


def test_disk_full(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA max_page_count = 3")
    conn.execute("INSERT INTO t VALUES (1)")
    found = real(lambda: conn.execute("INSERT INTO t VALUES (zeroblob(100000))"))
    after = conn.in_transaction
    assert conn.execute("SELECT count(*) FROM t").fetchone() == (0,), "the whole transaction is gone"
    conn.commit()
    conn.close()

    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO t VALUES (1)")
    alike(bench.struck_by("db.disk-full", lambda: conn.execute("INSERT INTO t VALUES (2)")), found)
    assert conn.in_transaction is after is False
    conn.commit()
    assert conn.execute("SELECT count(*) FROM t").fetchone() == (0,)
    conn.close()


def test_a_dropped_connection_stays_dropped(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO t VALUES (1)")
    with bench.fault("db.connection-dropped", at=lambda call: call.kind == "write"):
        for code in ((778, "SQLITE_IOERR_WRITE"), (266, "SQLITE_IOERR_READ")):
            with pytest.raises(sqlite3.OperationalError, match="disk I/O error") as caught:
                conn.execute("INSERT INTO t VALUES (2)")
            assert (caught.value.sqlite_errorcode, caught.value.sqlite_errorname) == code
        assert not conn.in_transaction
        conn.rollback()
        conn.execute("INSERT INTO t VALUES (3)")
        conn.commit()
    assert conn.execute("SELECT x FROM t").fetchall() == [(3,)]
    conn.close()


def test_a_lost_commit_took_effect(path: Path, bench: Bench) -> None:
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO t VALUES (1)")
    injected = bench.struck_by("db.commit-lost", conn.commit)
    assert str(injected) == "disk I/O error"
    assert bench.struck[0].effect_happened
    assert sqlite3.connect(path).execute("SELECT count(*) FROM t").fetchone() == (1,)
    conn.close()
