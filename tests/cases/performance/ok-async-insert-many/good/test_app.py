def test_seed(client):
    assert client.post("/seed").json() == 9
