import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-tests",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.utils.html import escape

PAGE = "<!doctype html><title>{{ q }}</title><p title='{{ q }}'>{{ q }}</p>{{ q|json_script:'q' }}"


def search(request):
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"q": request.GET["q"]}))


def cell(request):
    return HttpResponse("<!doctype html><table><td>" + escape(request.GET["q"]) + "</table>")


def suggest(request):
    return JsonResponse({"html": f"<b>{request.GET['q']}</b>"})


urlpatterns = [path("search", search), path("cell", cell), path("suggest", suggest)]
