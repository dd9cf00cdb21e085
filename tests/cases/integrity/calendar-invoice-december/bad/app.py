from datetime import date, datetime, timezone

from fastapi import FastAPI

app = FastAPI()
FEE_CENTS = 990


def first_of_next_month(day: date) -> date:
    return date(day.year, day.month + 1, 1)


@app.get("/invoice")
async def invoice(seats: int = 1):
    today = datetime.now(timezone.utc).date()
    due = first_of_next_month(today)
    return {"issued": today.isoformat(), "due": due.isoformat(), "cents": seats * FEE_CENTS}
