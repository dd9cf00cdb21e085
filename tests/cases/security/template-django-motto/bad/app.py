"""A page with the user's own motto."""
import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"], TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
    django.setup()

from django.http import HttpResponse  # noqa: E402
from django.template import Context, Template, TemplateSyntaxError  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.html import escape  # noqa: E402


def page(motto):
    return Template("<p>" + escape(motto) + "</p>").render(Context({}))


def show(request):
    try:
        return HttpResponse(page(request.GET.get("motto", "")))
    except TemplateSyntaxError:
        return HttpResponse("no motto", status=400)


urlpatterns = [path("motto", show)]
