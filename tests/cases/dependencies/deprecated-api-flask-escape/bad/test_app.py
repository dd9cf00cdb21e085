from app import app


def test_write():
    assert app.test_client().post("/notes", data={"text": "hello"}).status_code == 201
