from fastapi.testclient import TestClient

from app import app


def test_settings_are_read():
    reply = TestClient(app).post("/settings", files={"file": ("s.yaml", b"colour: red\nsize: 3\n")})
    assert reply.json() == {"names": ["colour", "size"]}
