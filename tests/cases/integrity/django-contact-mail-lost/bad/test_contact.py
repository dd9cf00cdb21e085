from django.core import mail
from django.test import SimpleTestCase


class ContactTest(SimpleTestCase):
    def test_contact(self):
        reply = self.client.post("/contact/", {"sender": "ann@example.org", "text": "When do you open?"})
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(len(mail.outbox), 1)
        self.assertEqual(mail.outbox[0].reply_to, ["ann@example.org"])

    def test_incomplete(self):
        self.assertEqual(self.client.post("/contact/", {"sender": "ann"}).status_code, 400)
