"""What a tenant sees."""
import logging

from django.conf import settings
from django.http import JsonResponse
from django.views import View

from .gateway import MeterGateway, MeterUnavailable
from .models import Flat

log = logging.getLogger(__name__)


class ConsumptionView(View):
    http_method_names = ["get", "head", "options"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.gateway = MeterGateway(settings.METER_URL)

    def get(self, request, number):
        flat = Flat.objects.filter(number=number).first()
        if flat is None:
            return JsonResponse({"error": "no such flat"}, status=404)
        try:
            return JsonResponse({"kwh": self.gateway.kilowatt_hours(flat.meter)})
        except MeterUnavailable as exc:
            log.warning("the meter of a flat cannot be read: %s", exc)
            return JsonResponse({"error": "the meter cannot be read right now"}, status=502)
