from app import app


def test_invoice():
    assert "Invoice 7" in app.test_client().get("/invoices/7").text
