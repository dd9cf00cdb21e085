from django.db.models import Q
from django.http import JsonResponse

from .models import Book, Member


def member(request, email):
    found = Member.objects.get(email=email)
    return JsonResponse({"name": found.name, "team": Member.objects.filter(team=found.team, active=True).count()})


def search(request):
    word = request.GET["q"]
    found = Member.objects.filter(Q(name__icontains=word) | Q(email__icontains=word), active=True).order_by("name")[:10]
    return JsonResponse([one.name for one in found], safe=False)


def newest(request):
    return JsonResponse([one.name for one in Member.objects.filter(team__gte=1).order_by("-joined")[:2]], safe=False)
