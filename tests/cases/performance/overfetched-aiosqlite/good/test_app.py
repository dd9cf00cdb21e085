def test_name(client):
    assert client.get("/name/2").json() == "Ben"
