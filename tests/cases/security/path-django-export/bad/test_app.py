import app  # noqa: F401
from django.test import Client


def test_export_is_sent(tmp_path, monkeypatch):
    (tmp_path / "monday.csv").write_text("1;2")
    monkeypatch.setenv("EXPORTS", str(tmp_path))
    reply = Client().get("/export", {"file": "monday.csv"})
    assert reply.status_code == 200
    assert b"".join(reply.streaming_content) == b"1;2"
