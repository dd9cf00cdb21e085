from app import create_app


def test_comments():
    client = create_app().test_client()
    client.post("/comments", data={"author": "Ada & co", "text": "so <b>true</b> <a href='https://example.org'>see</a>"})
    text = client.get("/comments?title=All").text
    assert "Ada &amp; co" in text and "<b>true</b>" in text


def test_hello():
    assert "Hello O&#39;Hara" in create_app().test_client().get("/hello/O'Hara").text
