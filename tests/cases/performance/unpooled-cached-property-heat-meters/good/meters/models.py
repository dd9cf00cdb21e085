"""Flats and their heat meters."""
from django.db import models


class Flat(models.Model):
    number = models.CharField(max_length=8, unique=True)
    meter = models.CharField(max_length=16)
