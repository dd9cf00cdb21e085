from django.urls import path

from .views import LineMap, Stops

urlpatterns = [path("lines/<slug:line>/map", LineMap.as_view()), path("stops", Stops.as_view())]
