import pytest

from todo import create_app


@pytest.fixture
def client(tmp_path):
    return create_app(f"sqlite:///{tmp_path}/todo.db").test_client()


def test_add(client):
    assert client.post("/todos", data={"text": "milk"}).status_code == 201
    assert client.get("/todos").json == {"todos": [{"id": 1, "text": "milk"}]}
