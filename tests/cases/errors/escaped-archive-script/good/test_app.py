import sqlite3

import pytest

from archive import main


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "orders.db"
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE orders (id INTEGER PRIMARY KEY, year INTEGER NOT NULL);
        CREATE INDEX orders_year ON orders (year);
        CREATE TABLE archive (id INTEGER PRIMARY KEY, year INTEGER NOT NULL);
        INSERT INTO orders VALUES (1, 2019), (2, 2020), (3, 2024);
    """)
    conn.close()
    return str(path)


def rows(path, table):
    conn = sqlite3.connect(path)
    try:
        return [row[0] for row in conn.execute(f"SELECT id FROM {table} ORDER BY id")]
    finally:
        conn.close()


def test_archive(path, capsys):
    assert main([path, "2021"]) == 0
    assert capsys.readouterr().out == "2 orders archived\n"
    assert rows(path, "orders") == [3]
    assert rows(path, "archive") == [1, 2]


def test_usage(capsys):
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
