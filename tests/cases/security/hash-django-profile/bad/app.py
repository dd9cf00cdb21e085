"""Members of a library, over Django: a view of a class, a service, a model."""

import hashlib
import json

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not-in-production",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import DatabaseError, models  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402


class Member(models.Model):
    name = models.CharField(max_length=100)
    password_hash = models.CharField(max_length=200)

    class Meta:
        app_label = "library"


def protect(password):
    return hashlib.sha256(password.encode()).hexdigest()


def enrol(name, password):
    return Member.objects.create(name=name, password_hash=protect(password))


class Members(View):
    def post(self, request):
        try:
            wanted = json.loads(request.body)
            name, password = wanted["name"], wanted["password"]
            name.encode(), password.encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            return JsonResponse({"error": "name and password"}, status=400)
        try:
            member = enrol(name[:100], password[:100])
        except DatabaseError:
            return JsonResponse({"error": "not now"}, status=503)
        return JsonResponse({"id": member.pk}, status=201)


urlpatterns = [path("members/", Members.as_view())]
