def test_books(client, library):
    assert client.get("/books").json()[0] == {"title": "Ann 1", "price": 10}
