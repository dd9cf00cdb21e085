import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return TestClient(app)


def test_sign(client):
    assert client.post("/entries", data={"name": "Ann", "text": "Lovely"}).status_code == 200
    assert "Lovely" in client.get("/").text
