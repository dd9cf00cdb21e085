"""Keeps lists of numbers."""
import ast

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


def numbers(text):
    return [int(number) for number in ast.literal_eval(text)]


def total(request):
    try:
        return JsonResponse({"total": sum(numbers(request.GET.get("numbers", "")))})
    except (ValueError, TypeError, SyntaxError, NameError, OSError, MemoryError, RecursionError):
        return JsonResponse({"error": "no list of numbers"}, status=400)


urlpatterns = [path("total", total)]
