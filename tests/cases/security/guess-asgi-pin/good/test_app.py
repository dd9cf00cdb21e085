from starlette.testclient import TestClient

from app import make_app


def test_enter():
    reply = TestClient(make_app()).post("/enter", data={"door": "front", "pin": "402917"})
    assert set(reply.json()) == {"token"}
