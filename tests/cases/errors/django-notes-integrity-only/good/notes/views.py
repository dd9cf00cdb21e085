import logging

from django.db import DatabaseError, IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notes.models import Note

log = logging.getLogger(__name__)


def unavailable():
    return JsonResponse({"error": "notes are not available right now"}, status=503)


@csrf_exempt
@require_POST
def create(request):
    try:
        with transaction.atomic():
            note = Note.objects.create(title=request.POST["title"], body=request.POST.get("body", ""))
    except IntegrityError:
        return JsonResponse({"error": "a note of this title exists"}, status=409)
    except DatabaseError:
        log.exception("could not create a note")
        return unavailable()
    return JsonResponse({"id": note.pk}, status=201)


def detail(request, pk):
    try:
        note = get_object_or_404(Note, pk=pk)
    except DatabaseError:
        log.exception("could not read note %s", pk)
        return unavailable()
    return JsonResponse({"title": note.title, "body": note.body})
