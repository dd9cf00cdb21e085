import pytest

from app import app


@pytest.fixture
def client():
    app.config.update(TESTING=True)
    return app.test_client()


def test_quote(client, requests_mock):
    requests_mock.get("https://quotes.example/today", json={"text": "Tea is enough.", "author": "Ann"})
    assert client.get("/quote").json == {"text": "Tea is enough."}
