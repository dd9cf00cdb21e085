import responses

from app import app


@responses.activate
def test_order():
    responses.post("https://pay.example/charges", json={"receipt": "r1"})
    assert app.test_client().post("/orders", json={"item": "tea"}).status_code == 201
