from django.urls import path

from polls import views

urlpatterns = [path("choices/<int:pk>/vote", views.vote)]
