def test_cart(client):
    text = client.get("/cart/1").text
    assert text.count("7") == 2
    assert "free delivery" in text
