"""Shows who has changed a page of the handbook."""

import subprocess

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import HttpResponseBadRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402


class History(View):
    command = ("git", "log", "--format=%s", "--")

    def changes(self, page):
        done = subprocess.run([*self.command, page], capture_output=True, text=True, timeout=5)
        return done.stdout.splitlines()

    def get(self, request):
        try:
            return JsonResponse({"changes": self.changes(request.GET["page"])})
        except (KeyError, OSError, ValueError):
            return HttpResponseBadRequest("no such page")


urlpatterns = [path("history", History.as_view())]
