"""People of a town, by Django's own: Q, icontains, raw with parameters, an order of a list."""

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

from django.db import DatabaseError, models  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

ORDERS = ("name", "-name", "street")


class Person(models.Model):
    name = models.CharField(max_length=100, db_index=True)
    street = models.CharField(max_length=100, db_index=True)

    class Meta:
        app_label = "town"


def search(request):
    words, order = request.GET.get("q", ""), request.GET.get("order", "name")
    if order not in ORDERS or "\x00" in words:
        return JsonResponse({"error": "no such order"}, status=400)
    try:
        found = Person.objects.filter(Q(name__icontains=words) | Q(street__istartswith=words)).order_by(order)[:20]
        return JsonResponse({"names": [person.name for person in found]})
    except DatabaseError:
        return JsonResponse({"error": "not now"}, status=503)


def same_street(request, name):
    query = "SELECT id, name FROM town_person WHERE street = (SELECT street FROM town_person WHERE name = %s LIMIT 1) LIMIT 50"
    try:
        return JsonResponse({"names": [person.name for person in Person.objects.raw(query, [name])]})
    except DatabaseError:
        return JsonResponse({"error": "not now"}, status=503)


def rename(request, number):
    try:
        new = json.loads(request.body)["name"]
        if not isinstance(new, str) or not 0 < len(new) <= 100 or "\x00" in new:
            raise ValueError("no name")
        new.encode()
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "which name?"}, status=400)
    try:
        changed = Person.objects.filter(pk=number).update(name=new)
    except DatabaseError:
        return JsonResponse({"error": "not now"}, status=503)
    return JsonResponse({"changed": changed})


urlpatterns = [
    path("people/", search),
    path("people/<int:number>/name/", rename),
    path("neighbours/<str:name>/", same_street),
]
