import logging

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from bank.models import Account

log = logging.getLogger(__name__)


def move(source, target, amount):
    try:
        with transaction.atomic():
            taken = Account.objects.filter(pk=source, balance__gte=amount).update(balance=F("balance") - amount)
            if not taken:
                return False
            Account.objects.filter(pk=target).update(balance=F("balance") + amount)
    except DatabaseError:
        log.exception("transfer of %s from %s to %s", amount, source, target)
    return True


@csrf_exempt
def transfer(request, source, target):
    if not move(source, target, int(request.POST["amount"])):
        return JsonResponse({"error": "not enough money"}, status=409)
    return JsonResponse({"ok": True})
