"""Visits to a museum are booked by day."""

from datetime import date

from fastapi import FastAPI
from pydantic import BaseModel


class Visit(BaseModel):
    day: date
    people: int


app = FastAPI()


def weekday(day):
    return day.strftime("%A")


@app.post("/visits", status_code=201)
def book(visit: Visit):
    return {"weekday": weekday(visit.day), "people": visit.people}
