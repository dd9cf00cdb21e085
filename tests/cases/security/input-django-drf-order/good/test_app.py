import app  # noqa: F401
from rest_framework.test import APIClient


def test_order():
    reply = APIClient().post("/orders", {"lines": [{"bread": "roll", "count": 4}]}, format="json")
    assert reply.status_code == 201
    assert reply.json() == {"cents": 160}
