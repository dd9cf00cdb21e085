import logging
import re
import uuid

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from . import paypal
from .models import Order, Product

logger = logging.getLogger(__name__)
TOKEN = re.compile(r"[A-Z0-9]{1,20}")


def unavailable():
    return JsonResponse({"error": "please try again later"}, status=503)


@method_decorator(csrf_exempt, name="dispatch")
class CheckoutView(View):
    def post(self, request):
        token = request.POST.get("paypal_order", "")
        if not TOKEN.fullmatch(token):
            return JsonResponse({"error": "no PayPal order"}, status=400)
        try:
            order = self.reserve(request.POST.get("sku", "")[:20])
        except DatabaseError:
            logger.exception("nothing was reserved")
            return unavailable()
        if order is None:
            return JsonResponse({"error": "sold out"}, status=409)
        try:
            paypal.capture(token, order.reference, order.product.price)
        except paypal.NotPaid:
            return JsonResponse({"error": "the payment failed"}, status=402)
        try:
            Order.objects.filter(pk=order.pk).update(status=Order.Status.PAID)
        except DatabaseError:
            logger.exception("order %s was paid, but not marked", order.reference)
            paypal.void(token, order.reference)
            self.cancel(order)
            return unavailable()
        return JsonResponse({"order": str(order.reference), "status": "paid"}, status=201)

    def reserve(self, sku):
        with transaction.atomic():
            product = Product.objects.filter(sku=sku).first()
            if product is None:
                return None
            if not Product.objects.filter(pk=product.pk, stock__gt=0).update(stock=F("stock") - 1):
                return None
            return Order.objects.create(product=product, reference=uuid.uuid4())

    def cancel(self, order):
        try:
            with transaction.atomic():
                Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)
                Product.objects.filter(pk=order.product_id).update(stock=F("stock") + 1)
        except DatabaseError:
            logger.critical("order %s must be cancelled by hand", order.reference, exc_info=True)
