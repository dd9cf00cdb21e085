from django.db.models import Avg, Count
from django.http import JsonResponse

from .models import Author, Book


def numbers(request):
    books = Book.objects.all()
    return JsonResponse({
        "number": books.count(), "any": books.exists(), "first": books.order_by("id").first().title,
        "dear": books.aggregate(Avg("price"))["price__avg"],
        "per_price": list(books.values("price").annotate(number=Count("id")).values_list("price", "number")),
    })


def newest(request):
    return JsonResponse([book.title for book in Book.objects.order_by("-id")[:3]], safe=False)


def of(request, number):
    author = Author.objects.get(pk=number)
    return JsonResponse([book.title for book in author.books.all()], safe=False)
