from django.http import JsonResponse

from .models import Book
from .serializers import book_json


def books(request):
    page = Book.objects.order_by("id")[:50]
    return JsonResponse([book_json(book) for book in page], safe=False)
