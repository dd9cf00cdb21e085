def test_search(client):
    assert client.get("/customers/search?name=b").json() == ["Ben"]
