import app
from django.test import Client


def test_log_in():
    app.limit.failures.clear()
    client = Client()
    assert client.get("/me").status_code == 401
    assert client.post("/login", {"name": "una", "password": "correct horse"}).status_code == 200
    assert client.get("/me").json() == {"name": "una"}


def test_wrong_password():
    app.limit.failures.clear()
    assert Client().post("/login", {"name": "una", "password": "wrong"}).status_code == 401
