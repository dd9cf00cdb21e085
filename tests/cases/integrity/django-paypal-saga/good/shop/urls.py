from django.urls import path

from shop.orders.views import CheckoutView

urlpatterns = [path("checkout/", CheckoutView.as_view())]
