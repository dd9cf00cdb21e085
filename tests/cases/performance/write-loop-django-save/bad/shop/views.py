from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Author, Book


@csrf_exempt
@require_POST
def raise_prices(request):
    percent = int(request.POST["percent"])
    books = list(Book.objects.filter(author__email=request.POST["email"]))
    for book in books:
        book.price = book.price * (100 + percent) // 100
        book.save()
    return JsonResponse({"raised": len(books)})
