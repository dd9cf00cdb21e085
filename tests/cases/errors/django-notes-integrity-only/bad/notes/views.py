from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notes.models import Note


@csrf_exempt
@require_POST
def create(request):
    try:
        with transaction.atomic():
            note = Note.objects.create(title=request.POST["title"], body=request.POST.get("body", ""))
    except IntegrityError:
        return JsonResponse({"error": "a note of this title exists"}, status=409)
    return JsonResponse({"id": note.pk}, status=201)


def detail(request, pk):
    note = get_object_or_404(Note, pk=pk)
    return JsonResponse({"title": note.title, "body": note.body})
