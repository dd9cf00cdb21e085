"""Books of an author, over Django's ORM."""

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not-in-production",
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.db import DatabaseError, models  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views import View  # noqa: E402


class BookQuerySet(models.QuerySet):
    def by(self, author):
        return self.extra(where=["lower(author) = lower(%s)"], params=[author])


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200)
    objects = BookQuerySet.as_manager()

    class Meta:
        app_label = "library"


class Books(View):
    def get(self, request, author):
        try:
            found = Book.objects.by(author).order_by("title")[:50]
            return JsonResponse({"titles": [book.title for book in found]})
        except DatabaseError:
            return JsonResponse({"error": "not now"}, status=503)


urlpatterns = [path("authors/<str:author>/books/", Books.as_view())]
