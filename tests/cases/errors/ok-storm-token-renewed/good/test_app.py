from fastapi.testclient import TestClient

from app import HOST, app


def test_customers(requests_mock):
    requests_mock.post(f"{HOST}/token", json={"token": "second"})
    requests_mock.get(f"{HOST}/customers", json=["ann"])
    assert TestClient(app).get("/customers").json() == {"customers": ["ann"]}
