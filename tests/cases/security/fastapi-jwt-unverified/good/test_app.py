import datetime as dt

import jwt
from fastapi.testclient import TestClient

from profile_api import SECRET, app

client = TestClient(app)


def token(user):
    now = dt.datetime.now(dt.timezone.utc)
    return jwt.encode({"sub": user, "iat": now, "exp": now + dt.timedelta(minutes=5)}, SECRET, algorithm="HS256")


def test_me():
    reply = client.get("/me", headers={"Authorization": f"Bearer {token('ada')}"})
    assert reply.json() == {"name": "Ada", "plan": "gold"}


def test_stranger():
    assert client.get("/me").status_code == 401
