from fastapi.testclient import TestClient

import app as module


def test_put(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    answer = TestClient(module.app).put("/avatars/3", content=b"PNG")
    assert answer.status_code == 201
    assert (tmp_path / "3.png").read_bytes() == b"PNG"
