from django.test import TestCase

from tickets.models import Message, Ticket


class TicketTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ticket = Ticket.objects.create(subject="printer")

    def test_create(self):
        response = self.client.post("/tickets", {"subject": "mouse", "text": "It squeaks."})
        self.assertEqual(response.status_code, 201)
        self.assertEqual(Message.objects.get().ticket.subject, "mouse")
        self.assertEqual(Ticket.objects.count(), 2)

    def test_reply(self):
        response = self.client.post(f"/tickets/{self.ticket.pk}", {"text": "Is it on?"})
        self.assertEqual((response.status_code, response.json()), (201, {"messages": 1}))
