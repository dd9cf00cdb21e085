from tickets import create_app


def test_ticket():
    reply = create_app(b"k" * 32).test_client().post("/tickets")
    assert reply.status_code == 201
    assert reply.json["number"] == 1
