"""Memberships run for a year from the day they are bought."""
import datetime as dt
import itertools

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()
_numbers = itertools.count(1)


class Purchase(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    years: int = Field(default=1, ge=1, le=10)


def add_years(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


@app.post("/memberships", status_code=201)
def buy(purchase: Purchase):
    today = dt.date.today()
    return {"number": next(_numbers), "name": purchase.name, "from": today.isoformat(),
            "until": add_years(today, purchase.years).isoformat()}
