from django.http import JsonResponse

from .models import Book
from .tax import vat


def prices(request):
    books = Book.objects.order_by("id")[:20]
    return JsonResponse({book.isbn: book.price * (100 + vat()) // 100 for book in books})
