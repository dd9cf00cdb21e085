import subprocess

import app  # noqa: F401
from django.test import Client


def test_history(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, "typo\nfirst\n", ""))
    assert Client().get("/history", {"page": "tea.md"}).json() == {"changes": ["typo", "first"]}
