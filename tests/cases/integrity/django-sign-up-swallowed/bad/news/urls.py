from django.urls import path

from news import views

urlpatterns = [path("sign-up", views.sign_up), path("thanks", views.thanks)]
