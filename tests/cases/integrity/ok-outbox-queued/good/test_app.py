import sqlite3

import pytest
import responses

from app import ERP, create_app


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "outbox.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE outbox (key TEXT PRIMARY KEY, payload TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return path


@responses.activate
def test_booked(path):
    responses.post(ERP, status=201, json={"booked": True})
    response = create_app(path).test_client().post("/invoices", json={"number": 12, "cents": 4500})
    assert response.status_code == 201
    assert response.json == {"invoice": 12, "state": "booked"}


def test_nonsense(path):
    assert create_app(path).test_client().post("/invoices", json=[]).status_code == 400
