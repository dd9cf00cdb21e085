from django.urls import path

from . import views

urlpatterns = [path("stays", views.start), path("stays/<str:stay_id>/finish", views.finish)]
