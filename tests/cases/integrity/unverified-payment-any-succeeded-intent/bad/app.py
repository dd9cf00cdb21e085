"""Checkout of a plant nursery: the browser pays at Stripe, then tells us the intent."""
import logging

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError

from orders import Orders
from stripe_api import Stripe, StripeError

log = logging.getLogger("nursery")
router = APIRouter()


class Payment(BaseModel):
    intent: str = Field(pattern=r"^pi_[A-Za-z0-9]{1,40}$")


def pays(intent, order_id):
    return (
        intent.status == "succeeded"
        and intent.metadata.get("order") == str(order_id)
    )


@router.post("/orders/{order_id}/payment")
async def pay(payment: Payment, request: Request, order_id: int = Path(ge=1, lt=2**31)):
    orders: Orders = request.app.state.orders
    total = await orders.total(order_id)
    if total is None:
        return JSONResponse({"error": "no such order"}, status_code=404)
    intent = await request.app.state.stripe.intent(payment.intent)
    if not pays(intent, order_id):
        log.warning("order %d: intent does not pay it", order_id)
        return JSONResponse({"error": "this payment does not settle the order"}, status_code=402)
    await orders.mark_paid(order_id, payment.intent)
    return {"order": order_id, "paid": True}


async def unavailable(request: Request, exc: Exception):
    log.error("payment check failed: %s", type(exc).__name__)
    return JSONResponse({"error": "please try again in a minute"}, status_code=503)


async def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse({"error": "not a payment"}, status_code=422)


def create_app(engine, stripe: Stripe):
    app = FastAPI()
    app.state.orders = Orders(engine)
    app.state.stripe = stripe
    app.include_router(router)
    app.add_exception_handler(StripeError, unavailable)
    app.add_exception_handler(SQLAlchemyError, unavailable)
    app.add_exception_handler(RequestValidationError, invalid)
    return app
