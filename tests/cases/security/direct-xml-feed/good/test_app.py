import app


def test_titles():
    assert app.titles("<feed><title>News</title></feed>") == "News"
