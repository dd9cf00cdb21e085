import sqlite3

import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "settings.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE settings (person INTEGER PRIMARY KEY, language TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return create_app(path).test_client()


class TestSettings:
    def test_default(self, client):
        assert client.get("/people/7/language").json == {"language": "en"}

    def test_change(self, client):
        response = client.put("/people/7/language", json="fr")
        assert (response.status_code, response.json) == (200, {"language": "fr", "saved": True})
        assert client.get("/people/7/language").json == {"language": "fr"}

    def test_unknown_language(self, client):
        assert client.put("/people/7/language", json="xx").status_code == 400
