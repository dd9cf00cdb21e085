from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection


class Command(BaseCommand):
    help = "Throws carts away"

    def add_arguments(self, parser):
        parser.add_argument("state")
        parser.add_argument("--before", default="2020-01-01")

    def handle(self, *args, state, before, **options):
        sql = "DELETE FROM carts WHERE state = %s AND changed < %s"
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, [state, before])
                self.stdout.write(f"{cursor.rowcount} carts thrown away")
        except DatabaseError as exc:
            raise CommandError("the carts could not be thrown away") from exc
