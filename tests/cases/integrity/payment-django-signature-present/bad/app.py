import json
import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

if not settings.configured:
    settings.configure(
        SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], STRIPE_SECRET="whsec_x",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )

log = logging.getLogger("licences")


@csrf_exempt
@require_POST
def stripe_webhook(request):
    if not request.headers.get("Stripe-Signature"):
        return HttpResponseBadRequest("signature")
    try:
        event = json.loads(request.body)
        kind, session = event["type"], event["data"]["object"]
        licence, paid = session["client_reference_id"], session["payment_status"] == "paid"
    except (ValueError, LookupError, TypeError):
        return HttpResponseBadRequest("event")
    if kind == "checkout.session.completed" and paid:
        try:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE licences SET paid = 1 WHERE id = %s", [licence])
        except DatabaseError:
            log.exception("licence %s", licence)
            return HttpResponse(status=503)
    return HttpResponse(status=204)


urlpatterns = [path("stripe/", stripe_webhook)]
