import datetime

from django.core.management.base import BaseCommand, CommandError

from trials.models import Account


class Command(BaseCommand):
    help = "Deactivate accounts whose trial has ended."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=100)

    def handle(self, *args, **options):
        if options["limit"] < 1:
            raise CommandError("--limit must be positive")
        ended = Account.objects.filter(active=True, trial_ends__lt=datetime.date.today())[: options["limit"]]
        expired = Account.objects.filter(pk__in=[account.pk for account in ended]).update(active=False)
        self.stdout.write(self.style.SUCCESS(f"{expired} trial expired"))
