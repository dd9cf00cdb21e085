import csv
import logging

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from prices.models import Price

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Import the price list of the day."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, path, **options):
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        failed = []
        for row in rows:
            try:
                Price.objects.update_or_create(sku=row["sku"], defaults={"cents": int(row["cents"])})
            except DatabaseError:
                log.exception("could not import %s", row)
                failed.append(row["sku"])
        if failed:
            raise CommandError(f"{len(failed)} of {len(rows)} prices were not imported: {', '.join(failed)}")
        self.stdout.write(f"{len(rows)} prices imported")
