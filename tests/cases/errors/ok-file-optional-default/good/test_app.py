import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "banner.txt").write_text("closed on Sunday")
    app.config["BANNER"] = tmp_path / "banner.txt"
    return app.test_client()


def test_banner(client):
    assert client.get("/banner").text == "closed on Sunday"
