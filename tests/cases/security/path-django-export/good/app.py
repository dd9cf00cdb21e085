"""Exports of a shop, by day."""
import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import FileResponse, HttpResponseNotFound  # noqa: E402
from django.urls import path  # noqa: E402


def open_export(name):
    name = os.path.basename(name)
    return open(os.path.join(os.environ["EXPORTS"], name), "rb")


def export(request):
    try:
        return FileResponse(open_export(request.GET.get("file", "")))
    except (OSError, ValueError):
        return HttpResponseNotFound("no such export")


urlpatterns = [path("export", export)]
