from django.test import TestCase

from bank.models import Account


class TransferTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ann = Account.objects.create(owner="Ann", balance=100)
        cls.bob = Account.objects.create(owner="Bob")

    def test_transfer(self):
        response = self.client.post(f"/transfer/{self.ann.pk}/{self.bob.pk}", {"amount": "30"})
        self.assertEqual(response.json(), {"ok": True})
        self.ann.refresh_from_db()
        self.bob.refresh_from_db()
        self.assertEqual((self.ann.balance, self.bob.balance), (70, 30))

    def test_too_much(self):
        response = self.client.post(f"/transfer/{self.ann.pk}/{self.bob.pk}", {"amount": "300"})
        self.assertEqual(response.status_code, 409)
