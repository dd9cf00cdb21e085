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

from urllib.parse import urlsplit

from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.urls import path


def partner(request):
    url = request.GET.get("url", "")
    if not url.startswith("https://partner.example"):
        return HttpResponseBadRequest("no such partner")
    return HttpResponseRedirect(url)


urlpatterns = [path("partner", partner)]
