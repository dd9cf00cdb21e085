import pytest

from stamps import StampShop


@pytest.fixture
def shop(httpserver):
    shop = StampShop(httpserver.url_for("").rstrip("/"))
    yield shop
    shop.close()


def test_buy(httpserver, shop):
    httpserver.expect_request("/orders", method="POST").respond_with_json({"codes": ["A7K2", "Q9XX"]}, status=201)
    assert shop.buy("letter", 2) == ["A7K2", "Q9XX"]


def test_one(httpserver, shop):
    httpserver.expect_request("/orders", json={"kind": "card", "pieces": 1}).respond_with_json({"codes": ["Z1"]})
    assert shop.buy("card", 1) == ["Z1"]
