import logging

from django.db import DatabaseError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt

from shop import payments
from shop.models import Order

log = logging.getLogger(__name__)


@csrf_exempt
def checkout(request, pk):
    try:
        with transaction.atomic():
            order = get_object_or_404(Order.objects.select_for_update(), pk=pk, status="open")
            order.charge = payments.charge(order)
            order.status = "paid"
            order.save()
    except payments.Declined:
        return JsonResponse({"status": "declined"}, status=402)
    except payments.Unavailable:
        log.exception("payment of order %s", pk)
        return JsonResponse({"status": "pending"}, status=502)
    except DatabaseError:
        log.exception("checkout of order %s", pk)
        return JsonResponse({"status": "unknown"}, status=503)
    return JsonResponse({"status": "paid"})
