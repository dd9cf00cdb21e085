from app import app


def test_hello():
    assert app.test_client().get("/hello", query_string={"name": "Ada"}).text == "<h1>Hello Ada</h1>"
