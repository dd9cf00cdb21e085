from app import app


def test_ping():
    assert app.test_client().get("/ping").json == {"pong": True}
