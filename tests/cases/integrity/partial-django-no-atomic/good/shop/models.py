from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=40)
    stock = models.IntegerField(default=0)


class Order(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    pieces = models.IntegerField()
