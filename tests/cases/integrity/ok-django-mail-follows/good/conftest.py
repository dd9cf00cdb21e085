import django
import pytest
from django.conf import settings
from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment


def pytest_configure():
    settings.configure(
        SECRET_KEY="test", ROOT_URLCONF="club.urls", ALLOWED_HOSTS=["testserver"], USE_TZ=True, EMAIL_TIMEOUT=5,
        INSTALLED_APPS=["club"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        MIDDLEWARE=[],
    )
    django.setup()


@pytest.fixture(scope="session", autouse=True)
def tables():
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(old, verbosity=0)
    teardown_test_environment()
