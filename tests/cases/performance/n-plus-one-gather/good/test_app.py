def test_orders(client):
    assert [order["customer"] for order in client.get("/orders").json()] == ["Ann", "Ben", "Cleo", "Ann", "Dea"]
