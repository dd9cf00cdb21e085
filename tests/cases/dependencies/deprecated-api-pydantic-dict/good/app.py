"""Takes orders."""
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    item: str
    amount: int = 1


@app.post("/orders")
def order(order: Order):
    return order.model_dump()
