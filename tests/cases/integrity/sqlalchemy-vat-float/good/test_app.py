from fastapi.testclient import TestClient

from invoices import create_app


def test_invoice(tmp_path):
    client = TestClient(create_app(f"sqlite:///{tmp_path}/i.db"))
    reply = client.post("/invoices", json={"customer": "ada", "net": "100.00"})
    assert reply.json() == {"invoice": 1, "total": "119.00"}
