from django.db import models


class Invite(models.Model):
    email = models.EmailField(unique=True)
    sent = models.BooleanField(default=False)
