import time

import jwt
import pytest
from fastapi.testclient import TestClient

from ward.main import create_app
from ward.settings import Settings

KEY = "a-test-key-that-is-long-enough-for-hs256"


@pytest.fixture
def client():
    now = int(time.time())
    claims = {"sub": "nurse-8", "aud": "ward-tablets", "iss": "https://login.hospital.example", "iat": now, "exp": now + 3600}
    client = TestClient(create_app(Settings(key=KEY)))
    client.headers["Authorization"] = f"Bearer {jwt.encode(claims, KEY, algorithm='HS256')}"
    return client


def test_free_beds(client):
    reply = client.get("/beds")
    assert reply.status_code == 200
    assert reply.json() == {"nurse": "nurse-8", "free": ["b2"]}


def test_bed(client):
    assert client.get("/beds/b1").json() == {"bed": "b1", "patient": "Hr. Nyqvist"}
