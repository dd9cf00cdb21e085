"""An archive of letters, page by page, over Django."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import path

if not settings.configured:
    settings.configure(SECRET_KEY="archive", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])

LETTERS = [f"letter {number}" for number in range(1, 40)]


def page_of(text):
    try:
        return max(int(text), 1)
    except ValueError:
        return 1


def letters(request):
    page = page_of(request.GET.get("page", "1"))
    return JsonResponse({"letters": LETTERS[(page - 1) * 10 : page * 10]})


urlpatterns = [path("letters", letters)]
