from django.urls import path

from . import views

urlpatterns = [path("member/<str:email>", views.member), path("search", views.search), path("newest", views.newest)]
