from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from library.models import Book


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "copies"]


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("title")
    serializer_class = BookSerializer

    @action(detail=True, methods=["post"])
    def lend(self, request, pk=None):
        book = self.get_object()
        if book.copies == 0:
            raise serializers.ValidationError({"copies": "all copies are lent"})
        book.copies -= 1
        book.save()
        return Response(BookSerializer(book).data)
