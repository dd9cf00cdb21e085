import os

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings"
django.setup()


@pytest.fixture
def api():
    from django.core.management import call_command
    from rest_framework.test import APIClient

    call_command("migrate", run_syncdb=True, verbosity=0)
    yield APIClient()
    call_command("flush", interactive=False, verbosity=0)
