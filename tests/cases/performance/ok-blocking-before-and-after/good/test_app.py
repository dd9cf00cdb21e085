import sqlite3
from contextlib import closing

import respx

import app


@respx.mock
def test_main(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        conn.execute("CREATE TABLE pages (version, text)")
    respx.get("https://one.example/").respond(text="1")
    assert app.main(tmp_path / "x.db", "https://one.example/") == "31"
