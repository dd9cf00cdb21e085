"""Log-in over Django as with django-axes: five wrong passwords of a name and address lock it for a while."""

import time

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not-in-production",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    SESSION_COOKIE_SAMESITE="Strict",
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
)
django.setup()

from django.contrib.auth.hashers import check_password, make_password  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402

ACCOUNTS = {}
LIMIT, PAUSE = 5, 600


class Attempts:
    """Wrong passwords, by name and address."""

    def __init__(self):
        self.times = {}

    def are_too_many(self, key):
        self.times[key] = [at for at in self.times.get(key, []) if at > time.time() - PAUSE]
        return len(self.times[key]) >= LIMIT

    def add(self, key):
        self.times.setdefault(key, []).append(time.time())


attempts = Attempts()


def credentials(request):
    return request.POST.get("username", "")[:100], request.POST.get("password", "")[:100]


class Join(View):
    def post(self, request):
        name, password = credentials(request)
        if not name or len(password) < 8:
            return JsonResponse({"error": "a name, and eight characters"}, status=400)
        ACCOUNTS[name] = make_password(password)
        return JsonResponse({"name": name}, status=201)


class Login(View):
    def post(self, request):
        name, password = credentials(request)
        key = name.lower(), request.META["REMOTE_ADDR"]
        if attempts.are_too_many(key):
            return JsonResponse({"error": "locked for ten minutes"}, status=403)
        if name not in ACCOUNTS or not check_password(password, ACCOUNTS[name]):
            attempts.add(key)
            return JsonResponse({"error": "no"}, status=401)
        request.session["name"] = name
        return JsonResponse({"name": name})


urlpatterns = [path("join/", Join.as_view()), path("login/", Login.as_view())]
