from django.test import TestCase

from market.models import Stall


class StallTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cheese = Stall.objects.create(name="Cheese")
        Stall.objects.create(name="Fish", open=False)

    def test_list(self):
        response = self.client.get("/market/")
        self.assertContains(response, "Cheese")
        self.assertNotContains(response, "Fish")

    def test_details(self):
        self.assertContains(self.client.get(f"/market/{self.cheese.pk}"), "<h1>Cheese</h1>")
