from django.urls import path

from .views import choose_language, home

urlpatterns = [path("", home), path("language/", choose_language)]
