import sqlite3

import app


def test_drain():
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY, text TEXT)")
    conn.executemany("INSERT INTO jobs (text) VALUES (?)", [("a",), ("b",), ("c",), ("d",)])
    conn.commit()
    seen = []
    assert app.drain(conn, seen.append) == 4
    assert seen == ["a", "b", "c", "d"]
    conn.close()
