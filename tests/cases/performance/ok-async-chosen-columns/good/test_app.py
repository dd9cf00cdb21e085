def test_order(client):
    assert client.get("/orders/2").json() == [2, 2]
