from django.db import models


class Member(models.Model):
    email = models.EmailField(unique=True)
    welcomed = models.BooleanField(default=False)


class Audit(models.Model):
    what = models.CharField(max_length=80)
