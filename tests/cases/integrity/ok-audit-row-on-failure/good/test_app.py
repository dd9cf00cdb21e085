import sqlite3

import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "doors.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE audit (id INTEGER PRIMARY KEY, door INTEGER NOT NULL, event TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return create_app(path).test_client()


def test_open(client, requests_mock):
    requests_mock.post("https://locks.example/doors/4/open", json={"open": True})
    response = client.post("/doors/4/open")
    assert response.status_code == 200
    assert response.json == {"door": 4, "open": True}
