from django.http import JsonResponse

from .models import Book


def book(request, isbn):
    found = Book.objects.filter(isbn=isbn).order_by("id").first()
    return JsonResponse({"title": found.title if found else None})
