import pytest
import responses
from werkzeug.test import Client

from app import application


@pytest.fixture
def client():
    return Client(application)


@responses.activate
def test_holiday(client):
    responses.get("http://calendar.internal:7000/days/2030-01-01", json={"name": "New Year"})
    response = client.get("/2030-01-01")
    assert response.status_code == 200
    assert response.text == "New Year"


def test_no_day(client):
    assert client.get("/tomorrow").status_code == 404
