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

import logging

from django.http import HttpResponse
from django.urls import path

log = logging.getLogger("articles")


def article(request, title):
    log.warning("asked for %s", title)
    return HttpResponse("not written yet", content_type="text/plain")


urlpatterns = [path("articles/<path:title>", article)]
