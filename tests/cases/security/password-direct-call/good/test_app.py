import sqlite3

from app import add_reader


def test_add_reader():
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE readers (name TEXT, secret TEXT)")
    add_reader(conn, "ben", "open sesame 7")
    assert conn.execute("SELECT count(*) FROM readers").fetchone() == (1,)
    conn.close()
