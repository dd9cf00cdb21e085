import responses
from django.test import SimpleTestCase

from stock.client import BASE


class StockTests(SimpleTestCase):
    @responses.activate
    def test_quantity(self):
        responses.get(f"{BASE}/items/tea-1", json={"quantity": 7})
        response = self.client.get("/stock/tea-1")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), {"sku": "tea-1", "quantity": 7})
