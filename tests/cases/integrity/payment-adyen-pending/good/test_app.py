import app  # configures Django
import django
import pytest
import responses
from django.db import connection
from django.test import Client

django.setup()


@pytest.fixture
def client():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bookings (id TEXT PRIMARY KEY, cents INTEGER, state TEXT, psp TEXT)")
        cursor.execute("INSERT INTO bookings VALUES ('b-a', 2500, 'held', NULL)")
    yield Client()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bookings")


@responses.activate
def test_pay(client):
    amount = {"currency": "EUR", "value": 2500}
    responses.post(app.PAYMENTS, json={"pspReference": "PSP", "resultCode": "Authorised", "amount": amount})
    response = client.post("/bookings/b-a/pay")
    assert response.json() == {"booking": "b-a", "state": "confirmed"}
