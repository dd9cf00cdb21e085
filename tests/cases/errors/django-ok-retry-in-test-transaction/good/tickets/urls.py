from django.urls import path

from tickets import views

urlpatterns = [path("tickets", views.create), path("tickets/<int:pk>", views.reply)]
