from asgiref.sync import sync_to_async
from django.http import JsonResponse

from .models import Book


async def book(request, isbn):
    found = await Book.objects.select_related("author").aget(isbn=isbn)
    return JsonResponse({"title": found.title, "author": found.author.name})


@sync_to_async
def titles():
    return [book.title for book in Book.objects.order_by("id")[:3]]


async def first(request):
    return JsonResponse(await titles(), safe=False)
