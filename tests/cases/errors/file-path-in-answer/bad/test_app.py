import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "2024.txt").write_text("all is paid")
    app.config["FOLDER"] = tmp_path
    return app.test_client()


def test_statement(client):
    assert client.get("/statements/2024").text == "all is paid"
