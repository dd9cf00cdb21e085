from .models import Author, Book


class Importer:
    def __init__(self, author):
        self.author = author

    def book(self, line):
        isbn, title = line.split(";")
        return Book.objects.create(author=self.author, isbn=isbn, title=title)

    def run(self, text):
        return [self.book(line) for line in text.splitlines() if line]
