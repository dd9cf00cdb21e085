from django.db import models


class Price(models.Model):
    sku = models.CharField(max_length=20, primary_key=True)
    cents = models.IntegerField()
