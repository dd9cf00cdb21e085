from django.db import models


class Order(models.Model):
    email = models.EmailField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    status = models.CharField(max_length=10, default="open")
    charge = models.CharField(max_length=40, blank=True)
