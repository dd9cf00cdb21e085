def test_orders(client):
    assert client.get("/orders?after=2").json() == [3, 4, 11]


def test_numbers(client):
    assert client.get("/numbers").json() == [8, 20, 14, 1]
