from django.urls import path

from wiki import views

urlpatterns = [path("wiki/<slug:slug>", views.show, name="page")]
