"""Log-in and payslips."""
from django import forms
from django.conf import settings
from django.core import signing
from django.http import JsonResponse
from django.views.decorators.http import require_POST, require_safe

from .login import LoginRefused, login
from .models import Payslip


class LoginForm(forms.Form):
    staff_number = forms.CharField(max_length=12)
    password = forms.CharField(max_length=128, strip=False)


@require_POST
def token(request):
    form = LoginForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "number and password, please"}, status=400)
    try:
        return JsonResponse({"token": login(**form.cleaned_data)})
    except LoginRefused as exc:
        return JsonResponse({"error": exc.text}, status=exc.status)


@require_safe
def payslips(request):
    try:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        staff_number = signing.loads(given, salt="payslips.token", max_age=settings.TOKEN_AGE)
    except signing.BadSignature:
        return JsonResponse({"error": "log in, please"}, status=401)
    slips = Payslip.objects.filter(staff_number=staff_number).order_by("-month").values("month", "net_cents")
    return JsonResponse({"payslips": list(slips[:36])})
