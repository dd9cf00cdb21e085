import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "articles.db")
    return app.test_client()


def test_article(client):
    assert client.post("/articles", data={"body": "a <b>bold</b> one"}).status_code == 302
    assert "<b>bold</b>" in client.get("/articles").text
