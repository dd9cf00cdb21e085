import sqlite3
from contextlib import closing

import respx

import app


@respx.mock
def test_collect(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        conn.execute("CREATE TABLE pages (text)")
    respx.get("https://one.example/").respond(text="1")
    respx.get("https://two.example/").respond(text="2")
    for _ in range(3):
        assert app.collect(tmp_path / "x.db", ["https://one.example/", "https://two.example/"]) == 2
