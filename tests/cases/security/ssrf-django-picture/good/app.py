"""Takes pictures from elsewhere, over Django and urllib."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import django
from django.conf import settings

settings.configure(SECRET_KEY="not-in-production", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
django.setup()

from django import forms  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

HOST = "pictures.example.org"


class PictureForm(forms.Form):
    url = forms.CharField(max_length=300)

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not _is_ours(url):
            raise forms.ValidationError("only pictures of ours")
        return url


def _is_ours(url):
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc == HOST and url.isascii() and url.isprintable() and " " not in url


def take(request):
    form = PictureForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        with urllib.request.urlopen(form.cleaned_data["url"], timeout=5) as answer:
            return JsonResponse({"bytes": len(answer.read(1_000_000))})
    except (OSError, ValueError):
        return JsonResponse({"error": "the picture does not come"}, status=502)


urlpatterns = [path("pictures/", take)]
