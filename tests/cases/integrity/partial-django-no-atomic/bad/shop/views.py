import logging

from django.db import DatabaseError
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from shop.models import Order, Product

log = logging.getLogger(__name__)


def place(pk, pieces):
    product = Product.objects.get(pk=pk)
    if product.stock < pieces:
        return None
    product.stock -= pieces
    product.save()
    return Order.objects.create(product=product, pieces=pieces)


@csrf_exempt
def buy(request, pk):
    try:
        order = place(pk, int(request.POST["pieces"]))
    except DatabaseError:
        log.exception("product %s could not be bought", pk)
        return JsonResponse({"error": "please try again"}, status=503)
    if order is None:
        return JsonResponse({"error": "not in stock"}, status=409)
    return JsonResponse({"pieces": order.pieces}, status=201)
