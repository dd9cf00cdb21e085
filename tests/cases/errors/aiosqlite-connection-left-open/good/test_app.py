import pytest
from fastapi.testclient import TestClient

from shortener import create_app


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(tmp_path / "links.db")) as client:
        yield client


def test_put_get(client):
    assert client.put("/links", json={"slug": "abc", "path": "/long/way"}).status_code == 200
    assert client.get("/links/abc").json() == {"slug": "abc", "path": "/long/way"}
