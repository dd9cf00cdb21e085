"""Pages of a shop in Django: format_html, json_script, urlencode, a template that escapes."""

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not-in-production",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.html import format_html, json_script  # noqa: E402
from django.views import View  # noqa: E402

PAGE = Template("<h1>{{ words }}</h1>{{ data }}<a href='?words={{ words|urlencode }}&page=2' title=\"{{ words }}\">more</a>")


class Search(View):
    def get(self, request):
        words = request.GET.get("words", "")
        data = json_script({"words": words}, "state")
        return HttpResponse(PAGE.render(Context({"words": words, "data": data})))


def badge(request, name):
    return HttpResponse(format_html("<span class='badge' title='{}'>{}</span>", name, name.title()))


def suggest(request):
    return JsonResponse({"echo": request.GET.get("words", ""), "html": "<b>" + request.GET.get("words", "") + "</b>"})


urlpatterns = [path("search/", Search.as_view()), path("badge/<str:name>/", badge), path("suggest/", suggest)]
