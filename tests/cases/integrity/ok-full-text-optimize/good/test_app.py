import contextlib
import sqlite3

from app import tidy


def test_tidy(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db")) as db:
        for table in ("notes_fts", "tasks_fts"):
            db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(text)")
    assert tidy(tmp_path / "x.db")
