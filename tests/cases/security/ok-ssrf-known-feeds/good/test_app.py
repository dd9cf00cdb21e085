import httpx
import pytest
import respx
from fastapi.testclient import TestClient

from app import app

client = TestClient(app)


@pytest.fixture(autouse=True)
def partner():
    with respx.mock(assert_all_called=False) as mock:
        mock.get(host="feeds.example.org").mock(return_value=httpx.Response(200, text="news"))
        yield


def test_add():
    assert client.post("/feeds", json={"url": "https://feeds.example.org/all.xml"}).json() == {"bytes": 4}


def test_topic():
    assert client.get("/topics/gardens", params={"words": "roses"}).json() == {"bytes": 4}
