from app import app


def test_words():
    assert "<textarea>tea</textarea>" in app.test_client().get("/words?word=tea").text
