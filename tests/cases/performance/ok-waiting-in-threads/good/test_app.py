from fastapi.testclient import TestClient

from app import count, create_app


def test_all(tmp_path):
    client = TestClient(create_app(tmp_path / "x.db"))
    assert client.get("/slow/3").json() == 12
    assert client.get("/many").json() == [0, 2, 4]
    assert client.get("/plain/4").json() == 8
