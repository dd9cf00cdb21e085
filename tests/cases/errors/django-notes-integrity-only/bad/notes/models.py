from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=80, unique=True)
    body = models.TextField(blank=True)
    pinned = models.BooleanField(default=False)
