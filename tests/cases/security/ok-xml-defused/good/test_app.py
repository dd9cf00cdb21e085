import pytest
from django.test import Client

import app  # noqa: F401


@pytest.mark.parametrize("way", ["defused", "standard", "lxml"])
def test_invoice(way):
    body = "<invoice><total>12.50</total></invoice>"
    assert Client().post(f"/invoices/{way}/", body, content_type="text/xml").json() == {"total": "12.50"}
