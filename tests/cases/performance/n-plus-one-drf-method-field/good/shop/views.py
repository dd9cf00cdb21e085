from rest_framework import pagination, viewsets

from .models import Book
from .serializers import BookSerializer


class Pages(pagination.LimitOffsetPagination):
    default_limit = 20


class Books(viewsets.ReadOnlyModelViewSet):
    serializer_class = BookSerializer
    pagination_class = Pages
    queryset = Book.objects.select_related("author").prefetch_related("reviews").order_by("id")
