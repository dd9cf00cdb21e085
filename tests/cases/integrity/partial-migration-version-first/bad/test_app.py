import contextlib
import sqlite3

from app import migrate


def test_migrate(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "prices.db")) as db, db:
        db.execute("CREATE TABLE prices (name TEXT, cents INTEGER, currency TEXT)")
        db.execute("INSERT INTO prices VALUES ('tea', 3, '')")
    assert migrate(tmp_path / "prices.db") == 2
    with contextlib.closing(sqlite3.connect(tmp_path / "prices.db")) as db:
        assert db.execute("SELECT cents, currency FROM prices").fetchone() == (300, "EUR")
