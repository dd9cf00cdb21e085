def test_books(client, library):
    found = client.get("/books").json()
    assert found[0] == {"title": "Ann 1", "author": "Ann"}
    assert len(found) == 8
