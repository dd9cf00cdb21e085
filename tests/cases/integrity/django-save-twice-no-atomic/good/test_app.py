import os
import unittest

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "points.settings"
django.setup()

from django.core.management import call_command
from django.test import Client

from points.models import Member


class RedeemTest(unittest.TestCase):
    def setUp(self):
        call_command("migrate", run_syncdb=True, verbosity=0)
        self.member = Member.objects.create(name="Ada", points=700)
        self.addCleanup(call_command, "flush", interactive=False, verbosity=0)

    def test_redeem(self):
        reply = Client().post(f"/members/{self.member.pk}/vouchers/")
        self.assertEqual(reply.status_code, 201)
        self.assertEqual(reply.json()["points"], 200)

    def test_poor(self):
        poor = Member.objects.create(name="Bob")
        self.assertEqual(Client().post(f"/members/{poor.pk}/vouchers/").status_code, 409)
