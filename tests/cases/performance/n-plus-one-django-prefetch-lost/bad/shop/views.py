from django.db.models import Prefetch
from django.http import JsonResponse

from .models import Author, Book


def cheap(request):
    authors = Author.objects.prefetch_related("books").order_by("id")[:20]
    return JsonResponse({a.name: [b.title for b in a.books.filter(price__lte=10)] for a in authors})
