import io
import zipfile

from fastapi.testclient import TestClient

from app import app


def test_theme_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setenv("THEMES", str(tmp_path))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dark/style.css", "body {}")
    reply = TestClient(app).post("/themes", files={"theme": ("dark.zip", packed.getvalue())})
    assert reply.json() == {"files": ["dark/style.css"]}
    assert (tmp_path / "dark" / "style.css").read_text() == "body {}"
