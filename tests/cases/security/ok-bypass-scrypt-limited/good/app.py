"""A log-in as it should be, over Django: scrypt, a limit for each account, a session that is signed."""

import hashlib
import hmac
import time

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        ROOT_URLCONF="app",
        ALLOWED_HOSTS=["*"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        SESSION_COOKIE_HTTPONLY=True,
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
    )
    django.setup()

from django import forms  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402

SALT = b"sixteen bytes...."


def digest(password):
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=SALT, n=2**12, r=8, p=1)


USERS = {"una": digest("correct horse")}


class Limit:
    def __init__(self, most, seconds):
        self.most, self.seconds, self.failures = most, seconds, {}

    def reached(self, name):
        recent = [at for at in self.failures.get(name, []) if at > time.time() - self.seconds]
        self.failures[name] = recent
        return len(recent) >= self.most

    def count(self, name):
        self.failures.setdefault(name, []).append(time.time())


limit = Limit(5, 900)


class LogIn(forms.Form):
    name = forms.CharField(max_length=40)
    password = forms.CharField(max_length=100)


class LogInView(View):
    def post(self, request):
        form = LogIn(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": sorted(form.errors)}, status=400)
        name = form.cleaned_data["name"]
        if limit.reached(name):
            return JsonResponse({"error": "too many attempts"}, status=429)
        if not hmac.compare_digest(digest(form.cleaned_data["password"]), USERS.get(name, b"")):
            limit.count(name)
            return JsonResponse({"error": "wrong name or password"}, status=401)
        request.session["name"] = name
        return JsonResponse({"name": name})


def me(request):
    if "name" not in request.session:
        return JsonResponse({"error": "log in first"}, status=401)
    return JsonResponse({"name": request.session["name"]})


urlpatterns = [path("login", LogInView.as_view()), path("me", me)]
