from django.db.models import Count
from django.http import JsonResponse

from .models import Author


def authors(request):
    result = []
    for author in Author.objects.order_by("name")[:20]:
        result.append({"name": author.name, "books": author.books.count()})
    return JsonResponse({"authors": result})
