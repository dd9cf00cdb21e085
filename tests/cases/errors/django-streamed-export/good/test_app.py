from django.test import TestCase

from ledger.models import Entry


class ExportTests(TestCase):
    def test_export(self):
        Entry.objects.create(text="tea", cents=250)
        Entry.objects.create(text="milk", cents=120)
        response = self.client.get("/export.csv")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(b"".join(response.streaming_content), b"text,cents\ntea,250\nmilk,120\n")
