import logging

import requests
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.urls import path

if not settings.configured:
    settings.configure(
        SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )

log = logging.getLogger("tickets")
PAYMENTS = "https://checkout-test.adyen.com/v71/payments"


class NotPaid(Exception):
    pass


def authorise(booking, cents):
    body = {"amount": {"currency": "EUR", "value": cents}, "reference": booking, "merchantAccount": "Tickets"}
    try:
        reply = requests.post(PAYMENTS, json=body, headers={"Idempotency-Key": booking}, timeout=(3, 20))
        reply.raise_for_status()
        result = reply.json()
        code, amount = result["resultCode"], result["amount"]
        psp, paid = result["pspReference"], (amount["value"], amount["currency"])
    except (requests.RequestException, ValueError, LookupError, TypeError) as exc:
        raise NotPaid(type(exc).__name__) from exc
    if code != "Authorised" or paid != (cents, "EUR"):
        raise NotPaid(code)
    return psp


def pay(request, booking):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cents FROM bookings WHERE id = %s AND state = 'held'", [booking])
            row = cursor.fetchone()
            if row is None:
                return JsonResponse({"error": "no such booking"}, status=404)
            psp = authorise(booking, row[0])
            cursor.execute("UPDATE bookings SET state = 'confirmed', psp = %s WHERE id = %s", [psp, booking])
    except NotPaid as exc:
        log.warning("booking %s: %s", booking, exc)
        return JsonResponse({"error": "the payment did not go through"}, status=402)
    except DatabaseError:
        log.exception("booking %s", booking)
        return JsonResponse({"error": "please try again later"}, status=503)
    return JsonResponse({"booking": booking, "state": "confirmed"})


urlpatterns = [path("bookings/<slug:booking>/pay", pay)]
