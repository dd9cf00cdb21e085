def test_take(client):
    assert client.post("/take/2").get_json() == 6
