import json
import sys

from fastapi.testclient import TestClient


def test_limits(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "app", raising=False)
    (tmp_path / "limits.json").write_text(json.dumps({"uploads": 5}))
    monkeypatch.setenv("LIMITS", str(tmp_path / "limits.json"))
    from app import app  # reads them once, when it starts

    assert TestClient(app).get("/limits").status_code == 200
