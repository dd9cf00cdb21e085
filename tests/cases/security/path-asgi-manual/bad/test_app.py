from starlette.testclient import TestClient

from app import make_app


def test_page(tmp_path):
    (tmp_path / "start.txt").write_text("press the green button")
    assert TestClient(make_app(tmp_path)).get("/?page=start.txt").text == "press the green button"
