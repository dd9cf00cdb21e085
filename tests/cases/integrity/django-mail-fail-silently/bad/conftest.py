import os

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "conf.settings"
django.setup()


@pytest.fixture
def mailbox():
    from django.core.management import call_command
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()  # locmem mail
    from django.core import mail

    call_command("migrate", run_syncdb=True, verbosity=0)
    yield mail.outbox
    call_command("flush", interactive=False, verbosity=0)
    teardown_test_environment()
