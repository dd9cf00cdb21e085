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

from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils.html import format_html

PAGE = "<!doctype html><title>Profile</title><p>{{ badge }} {{ town }}</p>"


def badge(name):
    return format_html("<b class=member>{}</b>", name)


def profile(request):
    page = engines["django"].from_string(PAGE)
    shown = {"badge": badge(request.GET.get("name", "")), "town": request.GET.get("town", "")}
    return HttpResponse(page.render(shown))


urlpatterns = [path("profile", profile)]
