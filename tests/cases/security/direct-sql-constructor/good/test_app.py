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


def test_card(conn):
    assert app.Card(conn, "Ada").text() == "Ada, London"
