from app import app


def test_chart():
    page = app.test_client().get("/chart?title=Sales").text
    assert '"title": "Sales"' in page
