def test_book(client, library):
    assert client.get("/book/21").json() == {"title": "Ben 1"}
