from app import app


def test_login():
    answer = app.test_client().post("/login", data={"user": "ann", "next": "/orders"})
    assert answer.headers["Location"] == "/orders"
