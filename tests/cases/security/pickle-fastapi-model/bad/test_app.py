import pickle

from fastapi.testclient import TestClient

from app import app


def test_take():
    data = pickle.dumps({"a": [0.5, 1.0], "b": [2.0]})
    answer = TestClient(app).post("/models", files={"file": ("model.pkl", data)})
    assert answer.json() == {"size": 10}
