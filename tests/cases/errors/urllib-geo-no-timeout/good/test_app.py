from unittest.mock import MagicMock, patch

import pytest

from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


@patch("urllib.request.urlopen")
def test_where(urlopen, client):
    response = MagicMock()
    response.read.return_value = b'[{"lat": "46.95", "lon": "7.44", "display_name": "Bern"}]'
    urlopen.return_value.__enter__.return_value = response
    answer = client.get("/where?city=Bern")
    assert answer.status_code == 200
    assert answer.json == {"lat": 46.95, "lon": 7.44}


def test_no_city(client):
    assert client.get("/where").status_code == 400
