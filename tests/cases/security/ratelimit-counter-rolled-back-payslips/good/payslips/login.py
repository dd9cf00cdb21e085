"""Log-in: five wrong passwords lock an account for a quarter of an hour."""
import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import transaction
from django.utils import timezone

from .models import Account

LIMIT = 5
LOCK = datetime.timedelta(minutes=15)


class LoginRefused(Exception):
    status = 401
    text = "wrong number or password"


class AccountLocked(LoginRefused):
    status = 429
    text = "too many wrong passwords, try again later"


def login(staff_number, password):
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(staff_number=staff_number).first()
        if account is None:
            make_password(password)  # takes as long as for an account that exists
            raise LoginRefused
        now = timezone.now()
        if account.locked_until and account.locked_until > now:
            raise AccountLocked
        right = check_password(password, account.password)
        account.failures = 0 if right else account.failures + 1
        if account.failures >= LIMIT:
            account.failures, account.locked_until = 0, now + LOCK
        account.save(update_fields=["failures", "locked_until"])
    if not right:
        raise LoginRefused
    return signing.dumps(staff_number, salt="payslips.token")
