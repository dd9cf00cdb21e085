import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.fixture
def client(tmp_path, monkeypatch):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.txt").write_text("tea")
    monkeypatch.setenv("DOCUMENTS", str(tmp_path))
    return TestClient(app)


def test_read(client):
    assert client.get("/documents/notes/one.txt").text == "tea"


def test_upload(client):
    assert client.post("/documents", files={"file": ("plan.txt", b"milk")}).json() == {"name": "plan.txt"}
