from django.http import JsonResponse

from .models import Book
from .tax import vat


def prices(request):
    rate = 100 + vat()
    books = Book.objects.order_by("id")[:20]
    return JsonResponse({book.isbn: book.price * rate // 100 for book in books})
