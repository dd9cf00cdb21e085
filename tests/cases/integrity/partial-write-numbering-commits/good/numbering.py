from sqlalchemy import select

from models import Series


def next_number(session, name):
    """The next number of a series; the row stays locked until the caller is done with it."""
    series = session.scalar(select(Series).where(Series.name == name).with_for_update())
    if series is None:
        series = Series(name=name, last=0)
        session.add(series)
    series.last += 1
    number = series.last
    session.flush()
    return number
