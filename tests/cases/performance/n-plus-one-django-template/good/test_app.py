def test_books(client, library):
    text = client.get("/books").content.decode()
    assert "Ann 1 by Ann" in text
    assert text.count("<li>") == 8
