from django.test import TestCase


class PayTests(TestCase):
    def test_pay(self):
        self.assertEqual(self.client.post("/pay/ann", {"salary": "2150.55"}).status_code, 201)

    def test_no_number(self):
        self.assertEqual(self.client.post("/pay/ann", {"salary": "much"}).status_code, 400)
