"""Readings of meters, for partners with a key."""

import functools

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"], PARTNER_KEYS="ab12-north,cd34-south"
    )
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.decorators import method_decorator  # noqa: E402
from django.views import View  # noqa: E402


def is_known(key):
    return key is not None and key in settings.PARTNER_KEYS


def partner_required(view):
    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_known(request.headers.get("X-Api-Key")):
            return JsonResponse({"error": "a key, please"}, status=401)
        return view(request, *args, **kwargs)

    return guarded


@method_decorator(partner_required, name="dispatch")
class Readings(View):
    def get(self, request):
        return JsonResponse({"readings": [3, 5, 8]})


urlpatterns = [path("readings", Readings.as_view())]
