from app import app


def test_hello():
    assert app.test_client().post("/hello", data={"name": "ann"}).json == {"hello": "ann"}
