import django
from django.conf import settings

settings.configure(
    DEBUG=True,
    SECRET_KEY="only-for-tests",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django.http import JsonResponse
from django.urls import path


def ping(request):
    return JsonResponse({"pong": True})


urlpatterns = [path("ping", ping)]
