from billing.api import app


def test_home():
    assert app.test_client().get("/").json == {"queue": "invoices", "total": 3}
