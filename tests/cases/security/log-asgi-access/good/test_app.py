from starlette.testclient import TestClient

from app import app


def test_attic(caplog):
    caplog.set_level("INFO", logger="rooms")
    assert TestClient(app).get("/", params={"room": "attic"}).json() == {"beds": 2}
