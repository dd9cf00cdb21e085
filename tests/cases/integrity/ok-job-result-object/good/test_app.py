import sqlite3

import pytest
import requests

from jobs import nightly


class Accepted:
    status_code = 202

    def raise_for_status(self):
        pass


@pytest.fixture
def posted(monkeypatch):
    posted = []

    def post(url, json, timeout):
        posted.append(json)
        return Accepted()

    monkeypatch.setattr(requests, "post", post)
    return posted


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "sales.db"
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE sales (id INTEGER PRIMARY KEY, day TEXT NOT NULL, cents INTEGER NOT NULL);
        CREATE INDEX sales_day ON sales (day);
        INSERT INTO sales (day, cents) VALUES ('2030-01-01', 100), ('2030-01-01', 250);
    """)
    conn.close()
    return str(path)


def test_nightly(path, posted):
    result = nightly(path, "2030-01-01")
    assert result.ok
    assert result.cents == 350
    assert posted == [{"day": "2030-01-01", "cents": 350}]


def test_quiet_day(path, posted):
    assert nightly(path, "2030-01-02").cents == 0
