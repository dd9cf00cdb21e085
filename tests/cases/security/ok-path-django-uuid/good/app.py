"""Avatars: a file is called by a number of ours, whatever its owner calls it."""

import os
import uuid

import django
from django.conf import settings

settings.configure(SECRET_KEY="not-in-production", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
django.setup()

from django.http import FileResponse, Http404, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.text import get_valid_filename  # noqa: E402

ENDINGS = {".png", ".jpg"}


def folder():
    return os.environ["AVATARS"]


def upload(request):
    file = request.FILES.get("picture")
    ending = os.path.splitext(file.name)[1].lower() if file else ""
    if ending not in ENDINGS:
        return JsonResponse({"error": "a picture"}, status=400)
    name = f"{uuid.uuid4()}{ending}"
    try:
        with open(os.path.join(folder(), name), "wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    except OSError:
        return JsonResponse({"error": "no room"}, status=507)
    return JsonResponse({"name": name, "shown": get_valid_filename(file.name)}, status=201)


def show(request, number, ending):
    try:
        return FileResponse(open(os.path.join(folder(), f"{number}.{ending}"), "rb"))
    except OSError:
        raise Http404 from None


urlpatterns = [path("avatars/", upload), path("avatars/<uuid:number>.<slug:ending>", show)]
