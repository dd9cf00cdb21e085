from django.db import models


class Account(models.Model):
    email = models.EmailField(unique=True)
    trial_ends = models.DateField()
    active = models.BooleanField(default=True)
