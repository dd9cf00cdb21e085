from django.http import JsonResponse

from .models import Book


def books(request):
    return JsonResponse([{"title": book.title, "price": book.price} for book in Book.objects.all()], safe=False)
