"""Orders: what Pydantic lets pass is what the code can do with; the rest is said to be wrong."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()
PRICES = {"tea": Decimal("3.20"), "milk": Decimal("1.10")}


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    product: Literal["tea", "milk"]
    quantity: Annotated[int, Field(ge=1, le=100)]


class Order(BaseModel):
    number: UUID
    day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
    lines: Annotated[list[Line], Field(min_length=1, max_length=20)]
    note: Annotated[str, Field(max_length=200)] = ""


@app.post("/orders", status_code=201)
def place(order: Order):
    total = sum((PRICES[line.product] * line.quantity for line in order.lines), Decimal())
    return {"number": str(order.number), "total": str(total), "weekday": order.day.isoweekday()}


@app.get("/prices/{product}")
def price(product: Annotated[str, Path(max_length=20)], count: Annotated[int, Query(ge=1, le=1000)] = 1):
    if product not in PRICES:
        raise HTTPException(404)
    return {"price": str(PRICES[product] * count / count)}
