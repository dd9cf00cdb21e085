import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "1.pdf").write_bytes(b"%PDF-1.7")
    app.config["DOCUMENTS"] = str(tmp_path)
    return app.test_client()


def test_home(client):
    assert "Documents" in client.get("/").text


def test_document(client):
    assert client.get("/documents/1").data == b"%PDF-1.7"
