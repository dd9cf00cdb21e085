import logging

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from bank.models import Account

log = logging.getLogger(__name__)


class NotMoved(Exception):
    pass


def move(source, target, amount):
    try:
        with transaction.atomic():
            taken = Account.objects.filter(pk=source, balance__gte=amount).update(balance=F("balance") - amount)
            if not taken:
                return False
            Account.objects.filter(pk=target).update(balance=F("balance") + amount)
    except DatabaseError as exc:
        raise NotMoved(f"{amount} from {source} to {target}") from exc
    return True


@csrf_exempt
def transfer(request, source, target):
    try:
        moved = move(source, target, int(request.POST["amount"]))
    except NotMoved:
        log.exception("nothing was transferred")
        return JsonResponse({"error": "nothing was transferred, please try again"}, status=503)
    if not moved:
        return JsonResponse({"error": "not enough money"}, status=409)
    return JsonResponse({"ok": True})
