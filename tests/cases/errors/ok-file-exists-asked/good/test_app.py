import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "4.txt").write_text("dear diary")
    app.config["DIARY"] = tmp_path
    return app.test_client()


def test_page(client):
    assert client.get("/pages/4").text == "dear diary"
    assert client.get("/pages/5").status_code == 404
