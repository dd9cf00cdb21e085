from django.db import models


class Stall(models.Model):
    name = models.CharField(max_length=40)
    open = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
