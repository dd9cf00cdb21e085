from django.urls import path

from shop import views

urlpatterns = [path("checkout/<int:pk>", views.checkout)]
