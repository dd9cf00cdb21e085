import subprocess

from app import app


def test_host_is_up(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0))
    assert app.test_client().post("/ping", data={"host": "db1"}).get_json() == {"up": True}
