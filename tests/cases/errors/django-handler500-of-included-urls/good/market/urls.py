from django.urls import include, path

handler500 = "market.views.sorry"

urlpatterns = [path("market/", include("market.stalls"))]
