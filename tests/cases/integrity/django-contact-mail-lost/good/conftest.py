import django
import pytest
from django.conf import settings
from django.test.utils import setup_test_environment, teardown_test_environment


def pytest_configure():
    settings.configure(SECRET_KEY="test", ROOT_URLCONF="contact.urls", ALLOWED_HOSTS=["testserver"], INSTALLED_APPS=["contact"],
                       DATABASES={}, EMAIL_TIMEOUT=10)
    django.setup()


@pytest.fixture(scope="session", autouse=True)
def environment():
    setup_test_environment()
    yield
    teardown_test_environment()
