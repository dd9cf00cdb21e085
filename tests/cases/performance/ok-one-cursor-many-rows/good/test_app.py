def test_orders(client):
    assert [client.get(f"/orders/{number}").json() for number in (1, 2, 3, 4)] == [7, 7, 9, 2]
