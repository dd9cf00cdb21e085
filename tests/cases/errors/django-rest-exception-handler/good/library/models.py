from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=80)
    copies = models.PositiveIntegerField(default=1)
