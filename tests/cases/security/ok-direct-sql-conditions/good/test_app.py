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


def test_search(conn):
    assert app.Search(conn).equal("name", "Ada").where("city LIKE ?", "Lon%").ids() == [1]
    assert app.Search(conn).where("id").ids("ORDER BY id LIMIT 1") == [1]


def test_equal(conn):
    assert app.equal(conn, "name", "'Ada'") == [(1,)]


def test_having(conn):
    assert app.having(conn, "name") == []
    assert app.having(conn, "id > 1") == [(2,)]
