import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "site_conf.settings"
django.setup()

from django.test import SimpleTestCase


class LanguageTest(SimpleTestCase):
    def test_choose(self):
        reply = self.client.get("/language/", {"to": "de", "next": "/"}, secure=True)
        self.assertEqual((reply.status_code, reply["Location"]), (302, "/"))
        self.assertEqual(self.client.get("/", secure=True).content, b"Hallo")
