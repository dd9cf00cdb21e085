from fastapi.testclient import TestClient

from app import app


def test_check():
    answer = TestClient(app).post("/checks", content=b"a,b\n1,2\n")
    assert answer.json() == {"lines": 2}
