from django.urls import path

from wages import views

urlpatterns = [path("pay/<str:name>", views.pay)]
