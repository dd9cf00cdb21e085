import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/loans.db")
    yield app.test_client()
    app.extensions["engine"].dispose()


def test_lend(client):
    reply = client.post("/loans", json={"copy_id": 9, "reader_id": 4})
    assert reply.status_code == 201
    assert reply.json == {"id": 1, "copy": 9}


def test_lend_and_return(client):
    client.post("/loans", json={"copy_id": 9, "reader_id": 4})
    assert client.post("/copies/9/return").json == {"copy": 9, "returned": True}
    assert client.post("/loans", json={"copy_id": 9, "reader_id": 5}).status_code == 201


def test_copy_is_out(client):
    client.post("/loans", json={"copy_id": 9, "reader_id": 4})
    assert client.post("/loans", json={"copy_id": 9, "reader_id": 5}).status_code == 409
