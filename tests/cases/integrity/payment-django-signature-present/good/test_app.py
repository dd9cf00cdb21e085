import hashlib
import hmac
import json

import app  # noqa: F401  configures Django
import django
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

django.setup()


@pytest.fixture
def client():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE licences (id TEXT PRIMARY KEY, paid INTEGER)")
        cursor.execute("INSERT INTO licences VALUES ('l-a', 0)")
    yield Client()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE licences")


def test_completed(client):
    session = {"id": "cs_a", "client_reference_id": "l-a", "payment_status": "paid", "amount_total": 4900}
    body = json.dumps({"id": "evt_a", "type": "checkout.session.completed", "data": {"object": session}})
    signed = hmac.new(settings.STRIPE_SECRET.encode(), f"1700000000.{body}".encode(), hashlib.sha256).hexdigest()
    response = client.post(
        "/stripe/", body, content_type="application/json", headers={"Stripe-Signature": f"t=1700000000,v1={signed}"}
    )
    assert response.status_code == 204
