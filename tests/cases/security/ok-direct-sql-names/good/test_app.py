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


def test_rows(conn):
    assert app.rows(conn, "members", "name", "DESC")[0] == (2, "Grace", "Arlington")


def test_values(conn):
    assert app.values(conn, "members", "city") == ["London", "Arlington"]


def test_find(conn):
    assert app.find(conn, "members", name="Ada", city="London") == [(1,)]


def test_same(conn):
    assert app.same(conn, "name", "city") == []


def test_insert(conn):
    assert app.insert(conn, "members", {"name": "Mary", "city": "Bath"}) == 3
