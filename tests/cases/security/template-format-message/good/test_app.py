from app import app


def test_message():
    reply = app.test_client().post("/message", data={"text": "Thanks for your order, {order}!".replace("{", "${")})
    assert reply.status_code == 200
    assert "A1" in reply.get_json()["text"]
