from django.test import Client

from app import attempts


def test_login():
    attempts.times.clear()
    client = Client()
    client.post("/join/", {"username": "grace", "password": "first-compiler-52"})
    assert client.post("/login/", {"username": "grace", "password": "first-compiler-52"}).json() == {"name": "grace"}
    assert client.post("/login/", {"username": "grace", "password": "second-compiler-5"}).status_code == 401
