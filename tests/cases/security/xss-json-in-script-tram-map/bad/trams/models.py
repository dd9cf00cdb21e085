from django.db import models


class Stop(models.Model):
    line = models.CharField(max_length=8, db_index=True)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    def for_map(self):
        return {"id": self.pk, "name": self.name, "note": self.note}
