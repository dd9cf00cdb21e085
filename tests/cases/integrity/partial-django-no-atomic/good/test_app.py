from django.test import TestCase

from shop.models import Order, Product


class BuyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.tea = Product.objects.create(name="tea", stock=5)

    def test_buy(self):
        response = self.client.post(f"/buy/{self.tea.pk}", {"pieces": "2"})
        self.assertEqual(response.status_code, 201)
        self.tea.refresh_from_db()
        self.assertEqual(self.tea.stock, 3)
        self.assertEqual(Order.objects.count(), 1)

    def test_not_in_stock(self):
        self.assertEqual(self.client.post(f"/buy/{self.tea.pk}", {"pieces": "9"}).status_code, 409)
