import pytest

from app import create_app
from book import SCHEMA, HiveBook


@pytest.fixture
def client(tmp_path):
    book = HiveBook(tmp_path / "hives.db")
    book.conn.executescript(SCHEMA)
    yield create_app(book).test_client()
    book.close()


def test_weigh(client):
    assert client.post("/hives/3/weights", json={"at": 1000, "grams": 41_200}).status_code == 204
    assert client.get("/hives/3").get_json() == {"hive": 3, "grams": 41_200, "at": 1000}


def test_older_weight_does_not_win(client):
    client.post("/hives/3/weights", json={"at": 1000, "grams": 41_200})
    client.post("/hives/3/weights", json={"at": 900, "grams": 38_000})
    assert client.get("/hives/3").get_json()["grams"] == 41_200
