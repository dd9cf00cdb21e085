from django.urls import path

from .views import ConsumptionView

urlpatterns = [path("flats/<slug:number>/heat", ConsumptionView.as_view())]
