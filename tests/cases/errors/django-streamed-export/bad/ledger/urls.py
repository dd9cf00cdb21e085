from django.urls import path

from ledger import views

urlpatterns = [path("export.csv", views.export)]
