import calendar
import datetime as dt


def next_month(day: dt.date) -> dt.date:
    """The same day of the next month, or its last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
