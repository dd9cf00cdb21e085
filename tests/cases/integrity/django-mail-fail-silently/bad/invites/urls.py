from django.urls import path

from .views import invite

urlpatterns = [path("invites/", invite)]
