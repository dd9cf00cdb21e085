"""Books parcels with the carrier. The worker may run a task twice, so the parcel's id is the idempotency key."""
import requests
from celery.utils.log import get_task_logger
from sqlalchemy.exc import SQLAlchemyError

from .celery import app
from .db import Parcel, Session

logger = get_task_logger(__name__)
CARRIER = "https://api.carrier.example/v1"


@app.task(bind=True, max_retries=3)
def book_parcel(self, parcel_id):
    try:
        with Session.begin() as session:
            parcel = session.get(Parcel, parcel_id)
            if parcel is None or parcel.status == "booked":
                return
            parcel.label = request_label(parcel)
            parcel.status = "booked"
    except SQLAlchemyError as exc:
        if self.request.retries >= self.max_retries:
            logger.error("parcel %s given up", parcel_id, exc_info=exc)
            give_up(parcel_id)
            return
        logger.warning("parcel %s: %s, trying again", parcel_id, type(exc).__name__)
        raise self.retry(exc=exc, countdown=30 * 2**self.request.retries)


def request_label(parcel):
    reply = requests.post(f"{CARRIER}/labels", json={"reference": parcel.id, "to": parcel.address},
                          headers={"Idempotency-Key": f"parcel-{parcel.id}"}, timeout=10)
    reply.raise_for_status()
    label = reply.json()["label"]
    if not isinstance(label, str):
        raise TypeError("label is no text")
    return label


def give_up(parcel_id):
    try:
        with Session.begin() as session:
            session.get_one(Parcel, parcel_id).status = "failed"
    except SQLAlchemyError:
        logger.exception("parcel %s could not be marked", parcel_id)
