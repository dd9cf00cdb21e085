import os
import tempfile

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "config"
os.environ["DATABASE_FILE"] = os.path.join(tempfile.mkdtemp(), "app.sqlite3")
django.setup()


@pytest.fixture(autouse=True)
def database():
    from django.apps import apps
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    yield
    for model in apps.get_models():
        model.objects.all().delete()
