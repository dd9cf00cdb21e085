import os

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "blog.settings"
django.setup()


@pytest.fixture
def db():
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    yield
    call_command("flush", interactive=False, verbosity=0)
