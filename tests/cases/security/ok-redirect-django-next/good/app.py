"""Log-out and back: Django knows which hosts are its own."""

import django
from django.conf import settings

settings.configure(SECRET_KEY="not-in-production", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
django.setup()

from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import redirect  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils.http import url_has_allowed_host_and_scheme  # noqa: E402
from django.views import View  # noqa: E402

PARTNERS = {"bank": "https://bank.example/start", "post": "https://post.example/"}


class Leave(View):
    def post(self, request):
        target = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = "/"
        return HttpResponseRedirect(target)


def partner(request, name):
    return redirect(PARTNERS.get(name, "/"))


def home(request):
    return HttpResponse("home")


urlpatterns = [path("", home), path("leave/", Leave.as_view()), path("to/<str:name>/", partner)]
