import os

import django
import pytest
from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()


@pytest.fixture(scope="session", autouse=True)
def database():
    setup_test_environment()
    before = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(before, verbosity=0)
    teardown_test_environment()
