import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "visits.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE visits (page TEXT)")
    conn.commit()
    conn.close()
    app.config["DATABASE"] = str(path)
    return app.test_client()


def test_visit(client):
    answer = client.post("/visits/home")
    assert answer.status_code == 201
    assert answer.get_json() == {"page": "home", "visits": 1}
