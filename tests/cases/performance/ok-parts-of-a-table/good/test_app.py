def test_of(client):
    assert client.get("/orders/of/1").get_json() == [1, 4]


def test_orders(client):
    assert client.get("/orders?page=2").get_json() == [4, 5]


def test_best(client):
    assert client.get("/best").get_json() == ["Cleo", "Ben"]
