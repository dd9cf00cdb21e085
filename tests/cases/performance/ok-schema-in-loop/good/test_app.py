import contextlib
import sqlite3

from app import describe


def test_describe(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOP_DB", str(tmp_path / "shop.db"))
    with contextlib.closing(sqlite3.connect(tmp_path / "shop.db")) as db:
        db.executescript("CREATE TABLE a (x); CREATE TABLE b (x, y); CREATE TABLE c (z); CREATE TABLE notes (tab, text);")
        db.executescript("CREATE INDEX notes_tab ON notes (tab, text)")
    assert describe()["b"][0] == ["x", "y"]
