from django.db import models


class Member(models.Model):
    name = models.CharField(max_length=40)
    points = models.IntegerField(default=0)


class Voucher(models.Model):
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    value_cents = models.IntegerField()
