import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    (tmp_path / "settings.json").write_text('{"colour": "red"}')
    app.config["SETTINGS"] = tmp_path / "settings.json"
    return app.test_client()


def test_put(client):
    assert client.put("/settings/size", data="8").get_json() == {"colour": "red", "size": "8"}
