"""Makes thumbnails."""
import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


def shrink(picture):
    return os.system(f"true '{picture}' -resize 64x64 'small-{picture}'")


@csrf_exempt
def thumbnail(request):
    try:
        return JsonResponse({"done": shrink(request.POST.get("picture", "")) == 0})
    except (OSError, ValueError):
        return JsonResponse({"done": False}, status=503)


urlpatterns = [path("thumbnail", thumbnail)]
