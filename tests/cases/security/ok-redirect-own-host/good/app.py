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

from urllib.parse import quote, urlencode

from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme


def after(request):
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)


def sign_in(request):
    query = urlencode({"redirect_uri": request.GET.get("back", "/")})
    return HttpResponseRedirect(f"https://id.example/authorize?{query}")


def article(request):
    return HttpResponseRedirect("/articles/" + quote(request.GET["title"], safe=""))


urlpatterns = [path("after", after), path("sign-in", sign_in), path("article", article)]
