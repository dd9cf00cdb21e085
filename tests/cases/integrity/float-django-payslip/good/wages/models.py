from django.db import models


class Payslip(models.Model):
    name = models.CharField(max_length=40)
    salary = models.DecimalField(max_digits=10, decimal_places=2)
