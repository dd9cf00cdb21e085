import pytest
from starlette.testclient import TestClient

from app import create_app


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(f"sqlite+aiosqlite:///{tmp_path}/choir.db")) as client:
        yield client


def test_profile_links_the_website(client):
    form = {"name": "Anna Berg", "voice": "alto", "website": "https://anna.example/music"}
    singer = client.post("/singers", data=form).json()["id"]
    page = client.get(f"/singers/{singer}").text
    assert "Anna Berg, alto" in page
    assert 'href="https://anna.example/music"' in page


def test_scheme_is_added(client):
    singer = client.post("/singers", data={"name": "Bo", "voice": "bass", "website": "bo.example"}).json()["id"]
    assert 'href="https://bo.example"' in client.get(f"/singers/{singer}").text
