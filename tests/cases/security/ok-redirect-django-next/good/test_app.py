from django.test import Client

import app  # noqa: F401


def test_leave():
    assert Client().post("/leave/", {"next": "/to/bank/?from=leave"})["location"] == "/to/bank/?from=leave"


def test_partner():
    assert Client().get("/to/bank/")["location"] == "https://bank.example/start"
