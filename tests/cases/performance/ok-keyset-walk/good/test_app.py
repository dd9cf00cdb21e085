def test_sum(client):
    assert client.get("/sum").get_json() == 25
