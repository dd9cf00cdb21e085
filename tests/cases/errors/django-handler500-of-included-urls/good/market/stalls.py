from django.urls import path

from market import views

urlpatterns = [
    path("", views.Stalls.as_view()),
    path("<int:pk>", views.Details.as_view()),
]
