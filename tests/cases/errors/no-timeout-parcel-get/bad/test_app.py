import pytest
import responses

from app import create_app


@pytest.fixture
def client():
    app = create_app()
    app.config.update(TESTING=True)
    with app.test_client() as client:
        yield client


@responses.activate
def test_parcel(client):
    responses.add(responses.GET, "https://parcels.example/P123456", json={"state": "delivered"}, status=200)
    assert client.get("/parcels/P123456").json == {"parcel": "P123456", "state": "delivered"}
