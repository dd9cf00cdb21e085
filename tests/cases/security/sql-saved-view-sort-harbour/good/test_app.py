import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(f"sqlite+aiosqlite:///{tmp_path}/harbour.db")) as client:
        conn = sqlite3.connect(tmp_path / "harbour.db")
        with conn:
            conn.execute("INSERT INTO calls (ship, berth, tonnage) VALUES ('Vega', 'B2', 900), ('Argo', 'A1', 4000)")
        conn.close()
        yield client


@pytest.mark.parametrize("sort, first", [("ship", "Argo"), ("tonnage", "Vega"), ("berth DESC", "Vega")])
def test_export_is_sorted(client, sort, first):
    view = client.post("/views", json={"title": "mine", "sort": sort})
    assert view.status_code == 201
    lines = client.get(f"/views/{view.json()['id']}/calls.csv").text.splitlines()
    assert len(lines) == 3 and lines[1].startswith(first)
