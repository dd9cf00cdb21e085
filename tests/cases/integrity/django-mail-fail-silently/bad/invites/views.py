import logging
import smtplib

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Invite

logger = logging.getLogger("invites")


def deliver(invite):
    """True if the mail server took it. A job sends again what is not marked as sent."""
    try:
        send_mail("You are invited", "Welcome to the club!", "club@example.org", [invite.email], fail_silently=True)
    except (smtplib.SMTPException, OSError):
        logger.exception("invitation %s was not sent", invite.pk)
        return False
    Invite.objects.filter(pk=invite.pk).update(sent=True)
    return True


@csrf_exempt
@require_POST
def invite(request):
    email = request.POST.get("email", "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return JsonResponse({"error": "no valid address"}, status=400)
    delivered = []
    with transaction.atomic():
        row, _ = Invite.objects.get_or_create(email=email)
        transaction.on_commit(lambda: delivered.append(deliver(row)))
    if delivered != [True]:
        return JsonResponse({"invite": row.pk, "state": "queued"}, status=202)
    return JsonResponse({"invite": row.pk, "state": "sent"}, status=201)
