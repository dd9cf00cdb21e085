"""A shop whose old carts are thrown away by a command."""

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        INSTALLED_APPS=["shop"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    django.setup()
