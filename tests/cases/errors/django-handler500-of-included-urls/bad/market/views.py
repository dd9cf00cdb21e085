from django.http import HttpResponse, JsonResponse
from django.views.generic import DetailView, ListView

from market.models import Stall


class Stalls(ListView):
    queryset = Stall.objects.filter(open=True)
    template_name = "stalls.html"


class Details(DetailView):
    model = Stall
    template_name = "stall.html"


def sorry(request):
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": "something went wrong on our side"}, status=500)
    return HttpResponse("<h1>Sorry</h1><p>Something went wrong on our side.</p>", status=500)
