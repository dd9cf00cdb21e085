import contextlib
import sqlite3

from app import Notes


def test_save(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "notes.db")) as db:
        db.execute("CREATE TABLE notes (text TEXT)")
    assert Notes(tmp_path / "notes.db").save("tea")
