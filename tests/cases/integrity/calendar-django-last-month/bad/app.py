from datetime import timedelta

from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

OPEN_DAYS = 7


def same_day_last_month(day):
    if day.month == 1:
        return day.replace(year=day.year - 1, month=12)
    return day.replace(month=day.month - 1)


@require_GET
def turnover(request):
    today = timezone.localdate()
    return JsonResponse({"to": today.isoformat(), "from": same_day_last_month(today).isoformat()})


@require_GET
def closing(request):
    return JsonResponse({"until": (timezone.now() + timedelta(days=OPEN_DAYS)).isoformat()})


urlpatterns = [path("turnover", turnover), path("closing", closing)]
