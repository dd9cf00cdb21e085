from django.db.models import Count
from django.http import JsonResponse

from .models import Author


def authors(request):
    result = []
    for author in Author.objects.annotate(number=Count("books")).order_by("name")[:20]:
        result.append({"name": author.name, "books": author.number})
    return JsonResponse({"authors": result})
