from django.http import HttpResponse, JsonResponse
from django.utils.html import format_html
from django.views import View

from .forms import StopForm
from .models import Stop
from .widgets import map_data, stop_list


class LineMap(View):
    http_method_names = ["get"]

    def get(self, request, line):
        stops = [stop.for_map() for stop in Stop.objects.filter(line=line).order_by("id")[:100]]
        return HttpResponse(format_html("<!doctype html><h1>Line {}</h1>{}{}", line, stop_list(stops), map_data(stops)))


class Stops(View):
    """For the surveyors' tablets; reached through the internal gateway only."""

    http_method_names = ["post"]

    def post(self, request):
        form = StopForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": sorted(form.errors)}, status=400)
        return JsonResponse({"id": form.save().pk}, status=201)
