from django.http import JsonResponse
from django.views.decorators.http import require_GET, require_POST

from .days import with_day
from .models import Rehearsal


@require_GET
@with_day
def who(request, day):
    choir = Rehearsal.objects.filter(day=day).values_list("choir", flat=True).first()
    return JsonResponse({"day": day.isoformat(), "choir": choir})


@require_POST
@with_day
def book(request, day):
    choir = request.POST.get("choir", "").strip()
    if not 1 <= len(choir) <= 60:
        return JsonResponse({"error": "which choir?"}, status=400)
    _, booked = Rehearsal.objects.get_or_create(day=day, defaults={"choir": choir})
    if not booked:
        return JsonResponse({"error": "the room is taken"}, status=409)
    return JsonResponse({"day": day.isoformat(), "choir": choir}, status=201)
