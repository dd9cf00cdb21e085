from django.urls import path

from .views import book, who

urlpatterns = [path("room", who), path("room/bookings", book)]
