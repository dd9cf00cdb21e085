from django.core import mail
from django.test import TestCase

from club.models import Member


class JoinTest(TestCase):
    def test_join(self):
        reply = self.client.post("/join/", {"email": "ann@example.org"})
        self.assertEqual(reply.status_code, 201)
        self.assertEqual(reply.json()["mail"], "sent")
        self.assertEqual(Member.objects.count(), 1)
        self.assertEqual(len(mail.outbox), 1)

    def test_twice(self):
        self.client.post("/join/", {"email": "ann@example.org"})
        self.assertEqual(self.client.post("/join/", {"email": "ann@example.org"}).status_code, 400)
