from django.db import transaction
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from tickets.models import Message, Ticket
from tickets.retry import on_trouble


@on_trouble()
@transaction.atomic
def open_ticket(subject, text):
    ticket = Ticket.objects.create(subject=subject)
    Message.objects.create(ticket=ticket, text=text)
    return ticket


@on_trouble()
def add(ticket_id, text):
    return Message.objects.create(ticket_id=ticket_id, text=text)


@on_trouble()
def count(ticket_id):
    return Message.objects.filter(ticket_id=ticket_id).count()


@csrf_exempt
def create(request):
    ticket = open_ticket(request.POST["subject"], request.POST["text"])
    return JsonResponse({"id": ticket.pk}, status=201)


@csrf_exempt
def reply(request, pk):
    add(pk, request.POST["text"])
    return JsonResponse({"messages": count(pk)}, status=201)
