"""Imports addresses from a file."""
import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from xml.etree import ElementTree  # noqa: E402


def names(content):
    tree = ElementTree.fromstring(content)
    return [node.text for node in tree.iter("name")]


@csrf_exempt
def addresses(request):
    try:
        return JsonResponse({"names": names(request.FILES["file"].read())})
    except (ElementTree.ParseError, LookupError, ValueError, KeyError):
        return JsonResponse({"error": "no addresses"}, status=400)


urlpatterns = [path("addresses", addresses)]
