import csv
import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from stations.models import Reading


class Command(BaseCommand):
    help = "Import readings; what is bad is told, and can be sent again."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, path, **options):
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                try:
                    Reading.objects.create(station=row["station"], value=float(row["value"]))
                except (DatabaseError, ValueError):
                    print(f"NOT IMPORTED: {row}", file=sys.stderr)
