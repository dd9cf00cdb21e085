"""Staff log in to the rota, over Django: sessions in signed cookies."""

import time

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

if not settings.configured:
    settings.configure(
        SECRET_KEY="rota",
        ROOT_URLCONF="app",
        ALLOWED_HOSTS=["*"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    )

FAILURES = {}


@csrf_exempt
def login(request):
    name = request.POST.get("name", "")
    if request.POST.get("passwd") != "spring-tide":
        return HttpResponse("no", status=401)
    request.session["name"] = name
    return JsonResponse({"ok": True})


urlpatterns = [path("login", login)]
