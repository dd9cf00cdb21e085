import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def test_profile(client):
    client.put("/members/4", json={"name": "Hugo", "motto": "H0 forever"})
    assert "<p>H0 forever</p>" in client.get("/members/4").text


def test_nobody(client):
    assert client.get("/members/5").status_code == 404
