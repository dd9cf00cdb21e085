from django.core.paginator import Paginator
from django.http import JsonResponse

from .models import Book


def books(request):
    page = Paginator(Book.objects.order_by("id"), 5).get_page(request.GET.get("page"))
    return JsonResponse([{"title": book.title, "price": book.price} for book in page], safe=False)
