from django.http import HttpResponse
from django.template import engines

from .models import Book

PAGE = """<ul>{% for book in books %}<li>{{ book.title }} by {{ book.author.name }}</li>{% endfor %}</ul>"""


def books(request):
    found = Book.objects.order_by("id")[:50]
    return HttpResponse(engines["django"].from_string(PAGE).render({"books": found}, request))
