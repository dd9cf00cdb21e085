import sqlite3

import pytest

from stats import mean_tenths, record


@pytest.fixture
def conn():
    conn = sqlite3.connect(":memory:")
    conn.row_factory = sqlite3.Row
    conn.execute("CREATE TABLE readings (sensor TEXT NOT NULL, tenths INTEGER NOT NULL)")
    conn.execute("CREATE INDEX readings_sensor ON readings (sensor)")
    yield conn
    conn.close()


def test_mean(conn):
    record(conn, "roof", [100, 120, 140])
    assert mean_tenths(conn, "roof") == 120


def test_own_connection():
    conn = sqlite3.connect(":memory:")
    try:
        conn.execute("CREATE TABLE readings (sensor TEXT NOT NULL, tenths INTEGER NOT NULL)")
        assert mean_tenths(conn, "roof") is None
    finally:
        conn.close()
