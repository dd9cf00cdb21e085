"""Discounts by rules, a small API over Django: serializer, service, view."""

import json

import django
from django.conf import settings

settings.configure(SECRET_KEY="not-in-production", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402

KINDS = {"amount": lambda basket: basket["amount"], "count": lambda basket: basket["count"]}


class RuleSerializer:
    fields = ("kind", "limit", "amount", "count")

    def __init__(self, body):
        try:
            data = json.loads(body)
            self.data = {name: data[name] for name in self.fields}
            if any(type(self.data[name]) is not int for name in ("amount", "count")):
                raise ValidationError("amount and count are numbers")
            self.data["limit"] = str(self.data["limit"])[:80]
            self.data["kind"] = str(self.data["kind"])
        except (ValueError, KeyError, TypeError) as exc:
            raise ValidationError("kind, limit, amount and count") from exc


class Discounts:
    def applies(self, rule):
        try:
            return bool(eval(f"{rule['kind']} > {rule['limit']}", {"__builtins__": {}}, dict(rule)))
        except Exception as exc:
            raise ValidationError("no such rule") from exc


class Rule(View):
    service = Discounts()

    def post(self, request):
        try:
            rule = RuleSerializer(request.body).data
            return JsonResponse({"applies": self.service.applies(rule)})
        except ValidationError as exc:
            return JsonResponse({"errors": exc.messages}, status=422)


urlpatterns = [path("rules/try/", Rule.as_view())]
