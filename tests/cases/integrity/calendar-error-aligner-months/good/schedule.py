"""Check-ups after new aligners: after one month, after three, after a year."""
from calendar import monthrange
from datetime import date

INTERVALS = (1, 3, 12)


def add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def check_ups(start: date) -> list[date]:
    return [add_months(start, months) for months in INTERVALS]
