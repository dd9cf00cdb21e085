"""Where a customer wants his parcels: a form of Django's, behind a session."""

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        ROOT_URLCONF="app",
        ALLOWED_HOSTS=["*"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        SESSION_COOKIE_SAMESITE="None",
        SESSION_COOKIE_SECURE=True,
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()

from django import forms  # noqa: E402
from django.db import DatabaseError, models  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Address(models.Model):
    customer = models.CharField(max_length=20)
    street = models.CharField(max_length=80)

    class Meta:
        app_label = "parcels"


class AddressForm(forms.Form):
    street = forms.CharField(max_length=80)


def enter(request):
    request.session["customer"] = "c7"
    return JsonResponse({"hello": "c7"})


def move(request):
    if "customer" not in request.session:
        return JsonResponse({"error": "log in first"}, status=403)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    try:
        Address.objects.create(customer=request.session["customer"], street=form.cleaned_data["street"])
    except DatabaseError:
        return JsonResponse({"error": "not now"}, status=503)
    return JsonResponse({"moved": True})


urlpatterns = [path("enter", enter), path("address", move)]
