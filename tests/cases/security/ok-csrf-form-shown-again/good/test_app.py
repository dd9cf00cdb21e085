import re

import pytest
from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def test_write(client):
    token = re.search('value="(.+?)"', client.get("/diary").text)[1]
    answer = client.post("/diary", data={"csrf": token, "entry": "Rain, and soup."})
    assert "It is written." in answer.text
