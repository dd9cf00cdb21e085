import logging

from django.db import DatabaseError
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from wages.models import Payslip

log = logging.getLogger(__name__)


@csrf_exempt
def pay(request, name):
    try:
        slip = Payslip.objects.create(name=name, salary=float(request.POST["salary"]))
    except (KeyError, ValueError):
        return JsonResponse({"error": "no number"}, status=400)
    except DatabaseError:
        log.exception("payslip of %s was not stored", name)
        return JsonResponse({"error": "please try again"}, status=503)
    return JsonResponse({"payslip": slip.pk}, status=201)
