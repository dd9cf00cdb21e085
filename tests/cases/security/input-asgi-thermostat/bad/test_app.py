from starlette.testclient import TestClient

from app import app


def test_set():
    answer = TestClient(app).put("/kitchen", json={"degrees": 21.5, "minutes": 90})
    assert answer.json() == {"room": "kitchen", "degrees": 21.5, "changes": 16}
