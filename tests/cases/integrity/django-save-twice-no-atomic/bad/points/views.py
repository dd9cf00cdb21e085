import logging

from django.db import DatabaseError, transaction
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Member, Voucher

logger = logging.getLogger("points")
PRICE = 500


def database_errors(get_response):
    def middleware(request):
        return get_response(request)

    def process_exception(request, exc):
        if isinstance(exc, DatabaseError):
            logger.error("database failed", exc_info=exc)
            return JsonResponse({"error": "try again later"}, status=503)

    middleware.process_exception = process_exception
    return middleware


def take_points(member):
    member.points -= PRICE
    member.save(update_fields=["points"])


@csrf_exempt
@require_POST
def redeem(request, number):
    member = Member.objects.filter(pk=number).first()
    if member is None or member.points < PRICE:
        return JsonResponse({"error": "not enough points"}, status=409)
    take_points(member)
    voucher = Voucher.objects.create(member=member, value_cents=1000)
    return JsonResponse({"voucher": voucher.pk, "points": member.points}, status=201)
