"""Orders, filtered by a comparison."""
from fastapi import FastAPI, HTTPException

app = FastAPI()
ORDERS = [{"id": 1, "total": 10}, {"id": 2, "total": 200}]


def matching(field, comparison, value):
    found = []
    for order in ORDERS:
        if eval(f"order[field] {comparison} value"):
            found.append(order)
    return found


@app.get("/orders")
def orders(field: str = "total", comparison: str = ">", value: int = 0):
    try:
        return {"orders": matching(field, comparison, value)}
    except Exception:
        raise HTTPException(400, "no such filter") from None
