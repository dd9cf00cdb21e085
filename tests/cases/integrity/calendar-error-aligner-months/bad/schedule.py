"""Check-ups after new aligners: after one month, after three, after a year."""
from datetime import date

INTERVALS = (1, 3, 12)


def add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def check_ups(start: date) -> list[date]:
    return [add_months(start, months) for months in INTERVALS]
