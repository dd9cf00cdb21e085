import hashlib
import hmac
import logging
import re

from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from .store import Order, SeenEvent

log = logging.getLogger("payments")
EVENT_ID = re.compile(r"[A-Za-z0-9_]{1,60}")


class Entity(BaseModel):
    order_id: str = Field(pattern=r"^order_[A-Za-z0-9]{1,30}$")
    amount: int
    currency: str
    status: str


class Payment(BaseModel):
    entity: Entity


class Payload(BaseModel):
    payment: Payment


class Event(BaseModel):
    event: str
    payload: Payload


def valid(secret: bytes, body: bytes, signature: str) -> bool:
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass"))


def create_app(sessions, secret: bytes) -> FastAPI:
    app = FastAPI()

    @app.exception_handler(SQLAlchemyError)
    def database_error(request: Request, exc: SQLAlchemyError):
        log.error("database failed", exc_info=exc)
        return JSONResponse({"error": "try again"}, status_code=503)

    def record(event_id: str, entity: Entity) -> str:
        with sessions.begin() as session:
            if session.get(SeenEvent, event_id) is not None:
                return "seen"
            session.add(SeenEvent(id=event_id))
            order = session.get(Order, entity.order_id)
            if order is None or entity.status != "captured":
                return "ignored"
            if (order.amount_paise, order.currency) != (entity.amount, entity.currency):
                log.error("order %s: the amount does not match", order.id)
                return "mismatch"
            order.status = "paid"
            return "paid"

    @app.post("/webhooks/razorpay")
    async def razorpay(
        request: Request,
        x_razorpay_signature: str = Header(""),
        x_razorpay_event_id: str = Header(""),
    ):
        body = await request.body()
        if not EVENT_ID.fullmatch(x_razorpay_event_id):
            raise HTTPException(400, "invalid event")
        if x_razorpay_signature and not valid(secret, body, x_razorpay_signature):
            raise HTTPException(400, "invalid signature")
        try:
            event = Event.model_validate_json(body)
        except ValidationError:
            raise HTTPException(400, "not an event")
        if event.event != "payment.captured":
            return {"result": "ignored"}
        return {"result": await run_in_threadpool(record, x_razorpay_event_id, event.payload.payment.entity)}

    return app
