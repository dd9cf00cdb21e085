import pytest

from app import create_app


@pytest.fixture
def client():
    return create_app("http://stock.internal:8080").test_client()


def test_stock(client, requests_mock):
    requests_mock.get("http://stock.internal:8080/v1/stock/A77", json={"pieces": 3})
    assert client.get("/stock/A77").json == {"article": "A77", "pieces": 3}


def test_no_article(client):
    assert client.get("/stock/a..b").status_code == 404
