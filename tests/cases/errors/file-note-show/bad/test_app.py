import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "7.txt").write_text("buy milk")
    app.config["NOTES"] = str(tmp_path)
    return app.test_client()


def test_show(client):
    assert client.get("/notes/7").get_json() == {"text": "buy milk"}
