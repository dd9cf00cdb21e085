import pytest
from app import create_app


@pytest.fixture
def client(tmp_path):
    return create_app(str(tmp_path / "forum.db")).test_client()


def test_start(client):
    answer = client.post("/session", json={"name": "lee", "password": "gull-on-roof"})
    assert answer.get_json()["session_token"]
