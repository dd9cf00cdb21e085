from django.urls import include, path

urlpatterns = [path("market/", include("market.stalls"))]
