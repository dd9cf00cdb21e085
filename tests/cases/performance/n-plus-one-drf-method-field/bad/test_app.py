def test_books(client, library):
    found = client.get("/books").json()["results"]
    assert found[0] == {"title": "Ann 1", "author": "Ann", "stars": [1]}
