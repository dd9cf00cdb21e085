import pytest
import responses

from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


@responses.activate
def test_city(client):
    responses.get("https://kiosk-3.swap.example/batteries", json={"levels": [100, 95, 20]})
    responses.get("https://kiosk-4.swap.example/batteries", json={"levels": [10]})
    answer = client.get("/cities/graz/kiosks")
    assert answer.status_code == 200
    assert answer.get_json()["kiosks"] == [{"kiosk": 3, "charged": 2}, {"kiosk": 4, "charged": 0}]


def test_unknown_city(client):
    assert client.get("/cities/atlantis/kiosks").status_code == 404
