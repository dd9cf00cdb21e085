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

from django.http import JsonResponse
from django.urls import path

ORIGINS = ["https://shop.example"]


def account(request):
    answer = JsonResponse({"points": 3})
    if request.headers.get("Origin") in ORIGINS:
        answer["Access-Control-Allow-Origin"] = request.headers["Origin"]
        answer["Access-Control-Allow-Credentials"] = "true"
    return answer


urlpatterns = [path("account", account)]
