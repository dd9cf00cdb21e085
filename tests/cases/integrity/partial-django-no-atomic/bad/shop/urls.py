from django.urls import path

from shop import views

urlpatterns = [path("buy/<int:pk>", views.buy)]
