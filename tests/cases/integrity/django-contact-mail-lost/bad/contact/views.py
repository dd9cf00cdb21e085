import logging
import smtplib

from django import forms
from django.core.mail import EmailMessage
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic.edit import FormView

logger = logging.getLogger("contact")


class ContactForm(forms.Form):
    sender = forms.EmailField()
    text = forms.CharField(max_length=500)

    def send(self):
        data = self.cleaned_data
        mail = EmailMessage("Question", data["text"], "site@example.org", ["desk@example.org"], reply_to=[data["sender"]])
        mail.send()


@method_decorator(csrf_exempt, name="dispatch")
class ContactView(FormView):
    form_class = ContactForm

    def form_valid(self, form):
        try:
            form.send()
        except (OSError, smtplib.SMTPException):
            logger.exception("question was not forwarded")
        return JsonResponse({"message": "we answer within two days"})

    def form_invalid(self, form):
        return JsonResponse({"errors": form.errors}, status=400)
