from django.db.models import Prefetch
from django.http import JsonResponse

from .models import Author, Book


def cheap(request):
    authors = Author.objects.prefetch_related(Prefetch("books", Book.objects.filter(price__lte=10), to_attr="cheap")).order_by("id")[:20]
    return JsonResponse({a.name: [b.title for b in a.cheap] for a in authors})
