from django.db import OperationalError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt

from polls.models import Choice


@csrf_exempt
def vote(request, pk):
    try:
        with transaction.atomic():
            choice = get_object_or_404(Choice, pk=pk)
            choice.votes = F("votes") + 1
            choice.save()
            choice.refresh_from_db()
    except OperationalError:
        return JsonResponse({"error": "too many votes at once, try again"}, status=503)
    return JsonResponse({"text": choice.text, "votes": choice.votes})
