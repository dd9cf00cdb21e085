from django.db import models


class Reading(models.Model):
    station = models.CharField(max_length=20)
    value = models.FloatField()
