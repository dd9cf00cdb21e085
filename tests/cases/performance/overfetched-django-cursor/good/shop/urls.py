from django.urls import path

from . import views

urlpatterns = [path("title/<str:isbn>", views.title)]
