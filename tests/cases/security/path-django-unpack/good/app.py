"""A site whose themes come in archives."""

import tempfile

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", INSTALLED_APPS=["themes"], THEMES=tempfile.mkdtemp())
    django.setup()
