import logging

from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from news.models import Subscriber

log = logging.getLogger(__name__)


@csrf_exempt
def sign_up(request):
    email = request.POST["email"]
    try:
        with transaction.atomic():
            Subscriber.objects.create(email=email)
    except IntegrityError:
        log.info("%s is subscribed already", email)
    except DatabaseError:
        log.exception("could not subscribe %s", email)
        return HttpResponse("That did not work. Please try again in a minute.", status=503)
    return redirect("/thanks")


def thanks(request):
    return HttpResponse("Thank you for your interest!")
