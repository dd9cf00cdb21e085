def test_customers(client):
    assert client.get("/customers?name=Ben").json() == [2]
