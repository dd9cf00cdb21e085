from django.urls import path

from stock import views

urlpatterns = [path("stock/<slug:sku>", views.quantity)]
