from itertools import islice

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from .models import Author, Book, Review


def chunks(lines, size):
    lines = iter(lines)
    while chunk := list(islice(lines, size)):
        yield chunk


@csrf_exempt
def upload(request):
    author = Author.objects.get(email=request.GET["email"])
    number = 0
    for chunk in chunks(request.body.decode().splitlines(), 2):
        number += len(Book.objects.bulk_create([Book(author=author, title=line, isbn=line) for line in chunk]))
    return JsonResponse({"books": number})


@csrf_exempt
def rename(request):
    author = Author.objects.get(email=request.GET["email"])
    author.name = request.POST["name"]
    author.save(update_fields=["name"])
    Book.objects.create(author=author, title="new", isbn="9")
    Review.objects.filter(book__author=author).update(stars=5)
    return JsonResponse({"name": author.name})
