import os
import zipfile

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Unpacks a theme"

    def add_arguments(self, parser):
        parser.add_argument("archive")

    def write(self, name, content):
        path = os.path.join(settings.THEMES, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)

    def handle(self, *args, **options):
        count = 0
        try:
            with zipfile.ZipFile(options["archive"]) as archive:
                for member in archive.namelist():
                    self.write(member, archive.read(member))
                    count += 1
        except (OSError, ValueError, zipfile.BadZipFile) as exc:
            raise CommandError(f"this is no theme: {exc}") from exc
        self.stdout.write(f"{count} files")
