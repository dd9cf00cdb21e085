import pytest

from shop.models import Author, Book


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_report(client, db, growth):
    def fill(size):
        Author.objects.all().delete()
        authors = Author.objects.bulk_create([Author(name=str(n), email=f"{n}@x.example") for n in range(size)])
        Book.objects.bulk_create([Book(title="t", isbn=str(a.pk), author=a) for a in authors])

    growth(lambda size: client.get("/report"), prepare=fill)
