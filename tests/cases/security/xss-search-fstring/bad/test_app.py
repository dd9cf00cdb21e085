from app import app


def test_search():
    page = app.test_client().get("/search?q=assam").text
    assert "<li>assam</li>" in page
