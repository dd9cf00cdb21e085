import datetime
from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase

from trials.models import Account


class ExpireTests(TestCase):
    def setUp(self):
        Account.objects.create(email="old@example.com", trial_ends=datetime.date(2020, 1, 1))
        Account.objects.create(email="new@example.com", trial_ends=datetime.date(2999, 1, 1))

    def test_expire(self):
        out = StringIO()
        call_command("expire_trials", stdout=out)
        self.assertIn("1 trial expired", out.getvalue())
        self.assertFalse(Account.objects.get(email="old@example.com").active)
        self.assertTrue(Account.objects.get(email="new@example.com").active)

    def test_limit(self):
        with self.assertRaises(CommandError):
            call_command("expire_trials", limit=0)
