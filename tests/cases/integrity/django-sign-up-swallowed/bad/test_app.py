from django.test import TestCase

from news.models import Subscriber


class SignUpTests(TestCase):
    def test_sign_up(self):
        response = self.client.post("/sign-up", {"email": "ann@example.com"}, follow=True)
        self.assertContains(response, "Thank you")
        self.assertTrue(Subscriber.objects.filter(email="ann@example.com").exists())

    def test_twice(self):
        Subscriber.objects.create(email="ann@example.com")
        response = self.client.post("/sign-up", {"email": "ann@example.com"})
        self.assertRedirects(response, "/thanks")
        self.assertEqual(Subscriber.objects.count(), 1)
