from django.test import Client


def test_turnover():
    reply = Client().get("/turnover")
    assert reply.status_code == 200
    assert reply.json()["from"] < reply.json()["to"]


def test_closing():
    assert "until" in Client().get("/closing").json()
