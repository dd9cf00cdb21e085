from sqlalchemy import select

from models import Series


def next_number(session, name):
    """The next number of a series. Saved at once: the lock on the row must not outlive this call."""
    series = session.scalar(select(Series).where(Series.name == name).with_for_update())
    if series is None:
        series = Series(name=name, last=0)
        session.add(series)
    series.last += 1
    number = series.last
    session.commit()
    return number
