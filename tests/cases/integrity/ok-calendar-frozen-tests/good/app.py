from datetime import date, datetime

SEASONS = {(12, 25): "Christmas", (12, 31): "New Year's Eve", (1, 1): "New Year"}


def greeting(name):
    """The page calls it with the day of the server."""
    today = date.today()
    return f"Happy {SEASONS[today.month, today.day]}, {name}!"


def is_season():
    return (datetime.now().month, datetime.now().day) in SEASONS
