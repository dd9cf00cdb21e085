"""Parcels, tracked in the region of the customer."""
import logging

import django
import requests
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

log = logging.getLogger(__name__)
REGIONS = ("eu", "us")


def track(region, parcel):
    if region not in REGIONS:
        raise ValueError("no such region")
    reply = requests.get(f"https://{region}.parcels.example/track", params={"id": parcel}, timeout=5)
    reply.raise_for_status()
    return reply.text


def parcel(request):
    try:
        return JsonResponse({"state": track(request.GET.get("region", "eu"), request.GET.get("id", ""))})
    except (requests.RequestException, ValueError) as exc:
        log.warning("not tracked: %s", type(exc).__name__)
        return JsonResponse({"error": "try again later"}, status=503)


urlpatterns = [path("parcel", parcel)]
