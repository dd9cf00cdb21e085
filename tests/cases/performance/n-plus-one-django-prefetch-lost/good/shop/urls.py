from django.urls import path

from . import views

urlpatterns = [path("cheap", views.cheap)]
