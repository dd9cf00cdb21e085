"""Stays in a car park that were booked on the site of a partner."""
import secrets

from django.db import models


def new_id():
    return secrets.token_hex(8)


class Stay(models.Model):
    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    plate = models.CharField(max_length=12)
    return_url = models.CharField(max_length=300)
