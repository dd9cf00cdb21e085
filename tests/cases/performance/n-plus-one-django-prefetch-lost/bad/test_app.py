def test_cheap(client, library):
    assert client.get("/cheap").json()["Ben"] == ["Ben 1", "Ben 2"]
