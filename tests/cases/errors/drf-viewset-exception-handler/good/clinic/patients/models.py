from django.db import models


class Appointment(models.Model):
    patient = models.CharField(max_length=60)
    room = models.CharField(max_length=10)
    starts_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["room", "starts_at"], name="one_patient_per_room")]
