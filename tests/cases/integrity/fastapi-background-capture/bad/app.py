import logging

import httpx
from fastapi import BackgroundTasks, FastAPI
from pydantic import BaseModel

log = logging.getLogger("booking")
app = FastAPI()
PAYMENTS = "https://payments.example/v1"
MAIL = "https://mail.example/v1/messages"


class Booking(BaseModel):
    room: int
    email: str
    authorisation: str


def send_mail(email, text):
    try:
        httpx.post(MAIL, json={"to": email, "text": text}, timeout=5).raise_for_status()
    except httpx.HTTPError:
        log.exception("no mail to a guest")


def capture(authorisation):
    httpx.post(f"{PAYMENTS}/charges/{authorisation}/capture", timeout=5).raise_for_status()


@app.post("/bookings", status_code=201)
def book(booking: Booking, tasks: BackgroundTasks):
    tasks.add_task(capture, booking.authorisation)
    tasks.add_task(send_mail, booking.email, f"room {booking.room} is yours")
    return {"room": booking.room}
