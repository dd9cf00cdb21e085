from app import app


def test_home():
    assert "Welcome" in app.test_client().get("/").text
