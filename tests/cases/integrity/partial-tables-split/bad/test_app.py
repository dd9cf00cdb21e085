import contextlib
import sqlite3

from app import reshape


def test_reshape(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db")) as db, db:
        for table in ("customers", "suppliers"):
            db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, street TEXT)")
            db.execute(f"INSERT INTO {table} VALUES (1, 'Long Lane')")
    assert reshape(tmp_path / "x.db")
