import pytest
from app import create_app


@pytest.fixture
def client(tmp_path):
    return create_app(str(tmp_path / "members.db")).test_client()


def test_join(client):
    answer = client.post("/join", data={"name": "ann", "password": "tr0ub4dor&3"})
    assert answer.status_code == 201
