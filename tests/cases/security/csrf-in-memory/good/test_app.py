import re

import pytest

from app import create_app


@pytest.fixture
def client():
    client = create_app({"c7": "Old Road 1"}).test_client()
    client.post("/login/c7", base_url="https://localhost")
    return client


def test_change(client):
    page = client.get("/address", base_url="https://localhost").text
    csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]
    reply = client.post("/address", base_url="https://localhost", data={"street": "New Street 2", "csrf": csrf})
    assert reply.status_code == 303
    assert "New Street 2" in client.get("/address", base_url="https://localhost").text
