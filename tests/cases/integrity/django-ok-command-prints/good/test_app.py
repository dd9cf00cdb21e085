from django.core.management import call_command
from django.test import TestCase

from stations.models import Reading


class ImportTests(TestCase):
    def test_import(self):
        with self.subTest("all good"):
            self.run_on("station,value\nnorth,3.5\nsouth,4.25\n", 2)

    def test_bad_value(self):
        self.run_on("station,value\nnorth,cold\n", 0)

    def run_on(self, text, expected):
        import tempfile

        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(text)
            file.flush()
            call_command("import_readings", file.name)
        self.assertEqual(Reading.objects.count(), expected)
