def test_customer(client):
    assert client.get("/customers/2").json() == "Ben"
