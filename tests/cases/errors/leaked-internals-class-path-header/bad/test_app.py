import pytest

from app import create_app, create_tables


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "polls.db"
    create_tables(path)
    return create_app(path).test_client()


def test_vote(client):
    assert client.post("/votes", data={"choice": "tea"}).status_code == 201
    assert client.post("/votes", data={"choice": "tea"}).status_code == 201
    assert client.get("/votes/tea").json == {"choice": "tea", "votes": 2}


def test_odd_choice(client):
    assert client.post("/votes", data={"choice": "?"}).status_code == 400
