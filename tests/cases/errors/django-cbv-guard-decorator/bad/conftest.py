import os

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings")
django.setup()


@pytest.fixture(autouse=True)
def database():
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from loans.models import Book, Loan

    setup_test_environment()
    with connection.schema_editor() as editor:
        editor.create_model(Book)
        editor.create_model(Loan)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Loan)
        editor.delete_model(Book)
    teardown_test_environment()
