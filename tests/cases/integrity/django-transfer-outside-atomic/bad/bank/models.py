from django.db import models


class Account(models.Model):
    owner = models.CharField(max_length=40)
    balance = models.IntegerField(default=0)
