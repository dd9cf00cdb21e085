import sqlite3

import pytest

from app import Counter


@pytest.fixture
def counter(tmp_path):
    path = tmp_path / "counter.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    return Counter(path)


class TestCounter:
    def test_first(self, counter):
        assert counter.bump("visits") == 1

    def test_second(self, counter):
        counter.bump("visits")
        assert counter.bump("visits") == 2
