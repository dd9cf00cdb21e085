def test_title(client, library):
    assert client.get("/title/21").json() == {"title": "Ben 1", "author": "Ben"}
