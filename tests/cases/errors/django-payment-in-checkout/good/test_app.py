from decimal import Decimal

import responses
from django.test import TestCase

from shop.models import Order
from shop.payments import URL


class CheckoutTests(TestCase):
    def setUp(self):
        self.order = Order.objects.create(email="ann@example.com", amount=Decimal("19.90"))

    @responses.activate
    def test_paid(self):
        responses.post(URL, json={"id": "ch_1", "paid": True})
        response = self.client.post(f"/checkout/{self.order.pk}")
        self.assertEqual(response.json(), {"status": "paid"})
        self.order.refresh_from_db()
        self.assertEqual((self.order.status, self.order.charge), ("paid", "ch_1"))

    @responses.activate
    def test_declined(self):
        responses.post(URL, json={"error": "card_declined"}, status=402)
        response = self.client.post(f"/checkout/{self.order.pk}")
        self.assertEqual(response.status_code, 402)
        self.order.refresh_from_db()
        self.assertEqual(self.order.status, "open")
