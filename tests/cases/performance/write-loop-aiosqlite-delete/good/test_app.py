def test_sent(client):
    assert client.post("/sent", json=[1, 2, 3, 4]).json() == 4
