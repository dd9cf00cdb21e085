def test_orders(client):
    found = client.get("/orders").json()
    assert found[0] == {"id": 1, "customer": "Ann"}
    assert len(found) == 8
