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
from django.urls import path


def enter(request):
    answer = HttpResponse("welcome", content_type="text/plain")
    answer.set_cookie("sessionid", "f3a9", httponly=True, samesite="Lax")
    return answer


urlpatterns = [path("enter", enter)]
