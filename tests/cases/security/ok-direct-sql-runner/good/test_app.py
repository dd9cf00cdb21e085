import sqlite3

import pytest

import app


@pytest.fixture
def conn():
    conn = sqlite3.connect(":memory:")
    conn.executescript("""
        CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
        CREATE INDEX members_name ON members (name);
        CREATE INDEX members_city ON members (city);
        INSERT INTO members (name, city) VALUES ('Ada', 'London'), ('Grace', 'Arlington');
    """)
    yield conn
    conn.close()


def test_query(conn):
    assert app.query(conn, "SELECT name FROM members WHERE id = ?", (1,)) == [("Ada",)]
    assert app.query(conn, sql="SELECT 1") == [(1,)]


def test_others(conn):
    assert app.scalar(conn, "SELECT 2") == 2
    assert app.explain(conn, "SELECT id FROM members WHERE id = 1")
    assert app.count(conn, "SELECT 1") == 1
