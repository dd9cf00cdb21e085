import responses

from app import price


@responses.activate
def test_price():
    responses.get("https://shop.example/prices/tea", json={"cents": 300})
    assert price("tea") == 300
