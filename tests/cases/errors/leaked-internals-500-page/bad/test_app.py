import pytest
import respx

from app import app


@pytest.fixture
def client():
    app.testing = True
    return app.test_client()


def test_menu(client):
    with respx.mock(base_url="http://kitchen.internal:9000") as kitchen:
        kitchen.get("/menu/today").respond(json={"soup": "Tomato", "main": "Pie"})
        response = client.get("/")
    assert response.status_code == 200
    assert b"Tomato" in response.data


def test_no_page(client):
    assert client.get("/nothing").status_code == 404
