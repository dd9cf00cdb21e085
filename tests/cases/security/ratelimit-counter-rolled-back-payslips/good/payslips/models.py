"""Accounts of employees, and their payslips."""
from django.db import models


class Account(models.Model):
    staff_number = models.CharField(max_length=12, unique=True)
    password = models.CharField(max_length=200)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class Payslip(models.Model):
    staff_number = models.CharField(max_length=12, db_index=True)
    month = models.CharField(max_length=7)
    net_cents = models.BigIntegerField()
