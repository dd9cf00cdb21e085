import httpx
import pytest
import respx

from app import API, create_app


@pytest.fixture
def client():
    return create_app({"TESTING": True}).test_client()


@pytest.mark.parametrize(("code", "capital"), [("FR", "Paris"), ("PE", "Lima")])
@respx.mock
def test_capital(client, code, capital):
    respx.get(f"{API}/{code}").mock(return_value=httpx.Response(200, json={"name": "x", "capital": capital}))
    response = client.get(f"/capital/{code}")
    assert response.status_code == 200
    assert response.json == {"country": code, "capital": capital}


def test_no_country(client):
    assert client.get("/capital/nowhere").status_code == 404
