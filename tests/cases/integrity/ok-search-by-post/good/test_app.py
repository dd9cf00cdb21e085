import pytest
import respx

from app import app


@pytest.fixture
def client():
    return app.test_client()


@respx.mock
def test_hits(client):
    respx.post("https://search.example/articles/_search").respond(json={"hits": [{"title": "Kettle"}], "total": 1})
    assert client.get("/search?q=kettle").json == {"hits": ["Kettle"], "complete": True}


@respx.mock
def test_no_hits(client):
    respx.post("https://search.example/articles/_search").respond(json={"hits": [], "total": 0})
    assert client.get("/search?q=zebra").json == {"hits": [], "complete": True}
