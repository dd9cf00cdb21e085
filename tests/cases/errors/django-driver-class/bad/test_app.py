from django.test import TransactionTestCase

from polls.models import Choice


class VoteTests(TransactionTestCase):
    def test_vote(self):
        choice = Choice.objects.create(text="tea")
        response = self.client.post(f"/choices/{choice.pk}/vote")
        self.assertEqual(response.json(), {"text": "tea", "votes": 1})
        choice.refresh_from_db()
        self.assertEqual(choice.votes, 1)
