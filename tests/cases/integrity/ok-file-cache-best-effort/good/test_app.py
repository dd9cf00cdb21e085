from fastapi.testclient import TestClient

import app as module


def test_primes(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path / "cache")
    client = TestClient(module.app)
    assert client.get("/primes/20").json() == [2, 3, 5, 7, 11, 13, 17, 19]
    assert client.get("/primes/20").json()[-1] == 19
