def test_names(client):
    assert client.get("/names").json() == {"number": 4, "first": "Ann"}
