from app import app


def test_invoice():
    body = "<?xml version='1.0'?><invoice><supplier>Acme</supplier><total>12</total></invoice>"
    reply = app.test_client().post("/invoice", data=body, content_type="application/xml")
    assert reply.get_json() == {"supplier": "Acme"}
