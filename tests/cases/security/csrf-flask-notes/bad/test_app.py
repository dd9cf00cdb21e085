import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "notes.db")
    return app.test_client()


def test_add(client):
    token = client.post("/login", data={"user": "ann"}).json["csrf"]
    answer = client.post("/notes", data={"text": "buy tea", "csrf_token": token})
    assert answer.status_code == 302
