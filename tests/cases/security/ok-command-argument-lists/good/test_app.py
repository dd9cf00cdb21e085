import subprocess

import app


def test_thumbs(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0))
    assert app.main(["it's a cat; really.png", "--size", "32"]) == 0
