import logging

from django.db import DatabaseError, transaction
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
    except DatabaseError:
        log.warning("%s is subscribed already", email)
    return redirect("/thanks")


def thanks(request):
    return HttpResponse("Thank you for your interest!")
