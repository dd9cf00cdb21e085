import pytest
from starlette.testclient import TestClient

from app import app


@pytest.mark.parametrize("way", ["json", "text", "page", "csv"])
def test_echo(way):
    assert "tea for 2" in TestClient(app).get(f"/{way}", params={"text": "tea for 2"}).text


def test_other():
    assert TestClient(app).get("/elsewhere").status_code == 404
