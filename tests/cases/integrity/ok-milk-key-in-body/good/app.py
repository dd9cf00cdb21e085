"""Standing orders of a milkman; the dairy knows a request by the key in its body."""
import time
import uuid

import requests

DAIRY = "https://dairy.example/orders"


class DairyError(Exception):
    pass


def order_milk(bottles):
    order = {"idempotency_key": uuid.uuid4().hex, "items": [{"article": "milk", "pieces": bottles}]}
    for attempt in range(4):
        try:
            answer = requests.post(DAIRY, json={**order, "attempt": attempt}, timeout=10)
        except requests.RequestException as exc:
            problem = type(exc).__name__
        else:
            if answer.status_code < 400:
                return order["idempotency_key"]
            problem = str(answer.status_code)
            if answer.status_code < 500:
                break
        time.sleep(1.5**attempt)
    raise DairyError(f"no milk: {problem}")
