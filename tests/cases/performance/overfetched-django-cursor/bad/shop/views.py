from django.db import connection
from django.http import JsonResponse


def title(request, isbn):
    with connection.cursor() as cursor:
        cursor.execute("SELECT b.*, a.name FROM shop_book b JOIN shop_author a ON a.id = b.author_id WHERE b.isbn = %s", [isbn])
        names = [column[0] for column in cursor.description]
        found = dict(zip(names, cursor.fetchone()))
    return JsonResponse({"title": found["title"], "author": found["name"]})
