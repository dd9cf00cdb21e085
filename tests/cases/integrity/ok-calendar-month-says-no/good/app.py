from datetime import date

from fastapi import FastAPI, HTTPException

app = FastAPI()


class Closed(Exception):
    pass


def booking_day(ahead: int) -> date:
    """The same day of a later month. Where there is none, nobody can book."""
    today = date.today()
    month = today.month + ahead
    try:
        return date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, today.day)
    except ValueError as exc:
        raise Closed("that month has no such day") from exc


@app.post("/bookings", status_code=201)
def book(months: int):
    if not 0 < months <= 12:
        raise HTTPException(422, "up to a year ahead")
    try:
        return {"day": booking_day(months).isoformat()}
    except Closed as exc:
        raise HTTPException(409, str(exc)) from exc
