from django.urls import path

from . import views

urlpatterns = [path("numbers", views.numbers), path("newest", views.newest), path("of/<int:number>", views.of)]
