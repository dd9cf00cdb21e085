from rest_framework import serializers

from .models import Book


class BookSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.name")
    stars = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["title", "author", "stars"]

    def get_stars(self, book):
        return [review.stars for review in book.reviews.all()]
