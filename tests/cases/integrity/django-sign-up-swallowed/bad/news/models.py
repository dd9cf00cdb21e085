from django.db import models


class Subscriber(models.Model):
    email = models.EmailField(unique=True)
    consented = models.DateTimeField(auto_now_add=True)
