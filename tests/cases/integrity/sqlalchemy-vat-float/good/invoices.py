import logging
from decimal import ROUND_HALF_EVEN, Decimal

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger("invoices")
VAT = Decimal("0.19")


class NewInvoice(BaseModel):
    customer: str = Field(pattern="^[a-z]{1,20}$")
    net: Decimal = Field(gt=0, max_digits=9, decimal_places=2)


def create_app(url):
    app = FastAPI()
    engine = create_engine(url)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE IF NOT EXISTS invoices (id INTEGER PRIMARY KEY, customer TEXT, total NUMERIC NOT NULL)"))

    @app.exception_handler(SQLAlchemyError)
    def failed(request: Request, exc: SQLAlchemyError):
        log.error("database failed", exc_info=exc)
        return JSONResponse({"error": "try again later"}, 503)

    @app.post("/invoices", status_code=201)
    def add(new: NewInvoice):
        total = (new.net * (1 + VAT)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        with engine.begin() as conn:
            number = conn.execute(text("INSERT INTO invoices (customer, total) VALUES (:customer, :total)"),
                                  {"customer": new.customer, "total": str(total)}).lastrowid
        return {"invoice": number, "total": str(total)}

    return app
