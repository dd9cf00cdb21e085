import pytest
import responses

from app import app


@pytest.fixture
def client():
    return app.test_client()


@responses.activate
def test_site(client):
    responses.get("https://checker.example/check", json={"reachable": True})
    response = client.get("/check?site=www.tea.example")
    assert response.status_code == 200
    assert b"www.tea.example is up" in response.data


def test_no_site(client):
    assert client.get("/check").status_code == 400
