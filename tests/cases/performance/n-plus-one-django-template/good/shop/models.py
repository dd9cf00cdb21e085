from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=60)
    email = models.EmailField(unique=True)


class Book(models.Model):
    title = models.CharField(max_length=80)
    isbn = models.CharField(max_length=13)
    price = models.IntegerField(default=10)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    stars = models.IntegerField()
    text = models.TextField(default="")


class Setting(models.Model):
    key = models.CharField(max_length=40, unique=True)
    value = models.CharField(max_length=40)
