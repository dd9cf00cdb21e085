import sqlite3

import responses

import app


@responses.activate
def test_send_all():
    responses.post("https://bell.example/ring", json={})
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, text TEXT)")
    conn.executemany("INSERT INTO outbox (text) VALUES (?)", [("a",), ("b",), ("c",), ("d",)])
    conn.commit()
    assert app.send_all(conn, "https://bell.example/ring") == 4
    conn.close()
