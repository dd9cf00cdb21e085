import subprocess

from typer.testing import CliRunner

from app import app


def test_pack(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0))
    result = CliRunner().invoke(app, ["pack", "june"])
    assert result.exit_code == 0
    assert "packed june" in result.stdout
