from django.db import models


class Ticket(models.Model):
    subject = models.CharField(max_length=80)


class Message(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField()
