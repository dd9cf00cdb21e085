import app  # noqa: F401
import django
from django.test import Client

django.setup()


def test_login():
    assert Client().post("/login", {"name": "kim", "passwd": "spring-tide"}).json() == {"ok": True}
