from django.db import models


class Rehearsal(models.Model):
    choir = models.CharField(max_length=60)
    day = models.DateField(unique=True)
