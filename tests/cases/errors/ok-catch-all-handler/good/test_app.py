import sqlite3

import httpx2
import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "cellar.db"
    conn = sqlite3.connect(path)
    conn.executescript("CREATE TABLE wines (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO wines VALUES (1, 'Fendant');")
    conn.close()

    def critics(request):
        return httpx2.Response(200, json={"points": 88, "critic": "Ann"})

    app = create_app(path, httpx2.Client(base_url="https://critics.example", transport=httpx2.MockTransport(critics)))
    app.testing = True
    return app.test_client()


def test_wine(client):
    assert client.get("/wines/1").json == {"name": "Fendant", "points": 88}


def test_no_wine(client):
    response = client.get("/wines/2")
    assert response.status_code == 404
    assert response.json == {"error": "Not Found"}
