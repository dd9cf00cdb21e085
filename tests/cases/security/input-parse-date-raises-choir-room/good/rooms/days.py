"""Days as people send them."""
import functools

from django.http import JsonResponse
from django.utils.dateparse import parse_date


def day_of(text):
    """The date, or None where the text is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def with_day(view):
    """Hands the view the day that the request is about."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        values = request.POST if request.method == "POST" else request.GET
        day = day_of(values.get("day", ""))
        if day is None:
            return JsonResponse({"error": "day must look like 2025-03-31"}, status=400)
        return view(request, *args, day=day, **kwargs)

    return wrapper
