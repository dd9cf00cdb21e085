import respx

from app import GATEWAY, send


@respx.mock
def test_send():
    respx.post(GATEWAY).respond(202, json={"id": "m-1"})
    assert send("+4912345", "your table is ready") == "m-1"
