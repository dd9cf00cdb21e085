from django.test import Client

import app  # noqa: F401


def test_rule():
    rule = {"kind": "amount", "limit": "50", "amount": 70, "count": 2}
    assert Client().post("/rules/try/", rule, content_type="application/json").json() == {"applies": True}
