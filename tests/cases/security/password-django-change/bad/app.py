"""Change of a password, over Django and SQL of its own."""

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not-in-production",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


def store(name, new_password):
    kept = new_password[::-1]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE staff SET secret = %s, changed = changed + 1 WHERE name = %s", [kept, name])
        return cursor.rowcount


def change(request):
    name, new = request.POST.get("name", ""), request.POST.get("new_password", "")
    if len(new) < 8 or new != request.POST.get("repeated_password"):
        return JsonResponse({"error": "eight characters, twice"}, status=422)
    try:
        return JsonResponse({"changed": store(name, new)})
    except (DatabaseError, ValueError):
        return JsonResponse({"error": "not now"}, status=503)


urlpatterns = [path("password/", change)]
