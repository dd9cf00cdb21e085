import pytest

from shop.models import Author, Book, Review, Setting


@pytest.fixture
def library(db):
    Setting.objects.create(key="vat", value="20")
    for number, name in enumerate(["Ann", "Ben", "Cem", "Dea"], 1):
        author = Author.objects.create(name=name, email=f"{name.lower()}@books.example")
        for part in (1, 2):
            book = Book.objects.create(title=f"{name} {part}", isbn=f"{number}{part}", author=author)
            Review.objects.create(book=book, stars=number)
