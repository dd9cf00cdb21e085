def test_authors(client, library):
    found = client.get("/authors").json()["authors"]
    assert found[0] == {"name": "Ann", "books": 2}
