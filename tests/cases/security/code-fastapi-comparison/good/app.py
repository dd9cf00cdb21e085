"""Orders, filtered by a comparison."""
import operator

from fastapi import FastAPI, HTTPException

app = FastAPI()
COMPARISONS = {">": operator.gt, "<": operator.lt, "==": operator.eq}
ORDERS = [{"id": 1, "total": 10}, {"id": 2, "total": 200}]


def matching(field, comparison, value):
    found = []
    for order in ORDERS:
        if COMPARISONS[comparison](order[field], value):
            found.append(order)
    return found


@app.get("/orders")
def orders(field: str = "total", comparison: str = ">", value: int = 0):
    try:
        return {"orders": matching(field, comparison, value)}
    except KeyError:
        raise HTTPException(400, "no such filter") from None
