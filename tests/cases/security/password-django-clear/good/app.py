"""Readers of a library get a card, over Django's ORM."""

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        ROOT_URLCONF="app",
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()

from django import forms  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402, F401
from django.db import DatabaseError, models  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.http import require_POST  # noqa: E402


class Reader(models.Model):
    name = models.CharField(max_length=40)
    secret = models.CharField(max_length=200)

    class Meta:
        app_label = "library"


class Card(forms.Form):
    name = forms.CharField(max_length=40)
    passwd = forms.CharField(min_length=8, max_length=80)


def register(name, passwd):
    return Reader.objects.create(name=name, secret=make_password(passwd))


@require_POST
def cards(request):
    form = Card(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": sorted(form.errors)}, status=400)
    try:
        return JsonResponse({"card": register(**form.cleaned_data).pk}, status=201)
    except DatabaseError:
        return JsonResponse({"error": "the library is closed"}, status=503)


urlpatterns = [path("cards", cards)]
