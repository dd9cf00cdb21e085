import logging

from django.http import JsonResponse

from stock.client import fetch

log = logging.getLogger(__name__)


def quantity(request, sku):
    try:
        return JsonResponse({"sku": sku, "quantity": fetch(sku)})
    except Exception as exc:
        log.exception("stock of %s", sku)
        return JsonResponse({"error": f"could not get the stock: {type(exc).__name__}"}, status=502)
