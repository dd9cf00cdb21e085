"""Guests of a hotel sign up for its garden, over Django forms."""

import logging

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"], USE_TZ=True)
    django.setup()

from django import forms  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.generic import FormView  # noqa: E402

log = logging.getLogger("garden")


class SignUp(forms.Form):
    name = forms.CharField(max_length=40)
    password = forms.CharField(min_length=8, max_length=80)


class SignUpView(FormView):
    form_class = SignUp

    def form_valid(self, form):
        log.info("signed up: %r", form.cleaned_data["name"])
        return JsonResponse({"name": form.cleaned_data["name"]}, status=201)

    def form_invalid(self, form):
        return JsonResponse({"errors": sorted(form.errors)}, status=400)


urlpatterns = [path("guests", SignUpView.as_view())]
