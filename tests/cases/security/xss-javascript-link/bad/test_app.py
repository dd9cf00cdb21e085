from app import app


def test_profile():
    page = app.test_client().get("/profile?name=Ann&site=https://ann.example/").text
    assert 'href="https://ann.example/"' in page
