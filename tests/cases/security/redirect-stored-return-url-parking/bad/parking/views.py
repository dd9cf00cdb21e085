"""A partner starts a stay, the driver confirms it and goes back to where he came from."""
from django.http import HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from .forms import StayForm
from .models import Stay


@require_POST
def start(request):
    form = StayForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"fields": sorted(form.errors)}, status=400)
    stay = Stay(**form.cleaned_data)
    stay.save(force_insert=True)
    return JsonResponse({"id": stay.id}, status=201)


@require_safe
def finish(request, stay_id):
    stay = Stay.objects.filter(pk=stay_id).first()
    if stay is None:
        return JsonResponse({"error": "no such stay"}, status=404)
    return HttpResponseRedirect(stay.return_url)
