from django.http import JsonResponse

from .models import Author


def report(request):
    found = Author.objects.filter(id__gt=0).order_by("id")
    return JsonResponse({author.name: sum(book.price for book in author.books.all()) for author in found})
