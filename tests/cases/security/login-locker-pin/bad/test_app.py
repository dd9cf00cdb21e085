import pytest

from app import Lockers, create_app


@pytest.fixture
def client(tmp_path):
    lockers = Lockers(tmp_path / "l.db")
    lockers.rent(7, "4812")
    return create_app(lockers).test_client()


def test_unlock(client):
    assert client.post("/lockers/7/unlock", json={"pin": "4812"}).get_json() == {"open": True}


def test_wrong(client):
    assert client.post("/lockers/7/unlock", json={"pin": "0000"}).status_code == 403
