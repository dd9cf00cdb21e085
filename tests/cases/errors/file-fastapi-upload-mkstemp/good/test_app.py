import hashlib

from fastapi.testclient import TestClient

from uploads.main import create_app

PNG = b"\x89PNG\r\n\x1a\n....."


def test_upload(tmp_path):
    reply = TestClient(create_app(tmp_path)).post("/pictures", files={"picture": ("a.png", PNG, "image/png")})
    assert reply.status_code == 201
    assert reply.json() == {"id": hashlib.sha256(PNG).hexdigest()}
    assert (tmp_path / reply.json()["id"]).read_bytes() == PNG
