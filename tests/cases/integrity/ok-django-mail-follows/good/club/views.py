import logging

from django.core.mail import send_mail
from django.db import DatabaseError, transaction
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django import forms

from .models import Audit, Member

logger = logging.getLogger("club")


class JoinForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ["email"]


@csrf_exempt
def join(request):
    try:
        form = JoinForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        with transaction.atomic():
            member = form.save()
            Audit.objects.create(what=f"member {member.pk} joined")
    except DatabaseError:
        logger.exception("nobody joined")
        return JsonResponse({"error": "please try again"}, status=503)
    try:
        send_mail("Welcome", "Nice to have you", "club@example.org", [member.email])
    except OSError:
        logger.exception("welcome mail to member %s failed", member.pk)
        return JsonResponse({"member": member.pk, "mail": "will follow"}, status=201)
    return JsonResponse({"member": member.pk, "mail": "sent"}, status=201)
