import json
import os
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
app.config["ORDERS"] = os.environ.get("ORDERS", "orders")


@app.post("/orders")
def order():
    data = request.get_json()
    path = Path(app.config["ORDERS"]) / f"{int(data['number'])}.json"
    try:
        with path.open("w") as file:
            json.dump({"number": int(data["number"]), "item": str(data["item"])}, file)
    except OSError:
        app.logger.warning("order was not kept", exc_info=True)
    return {"accepted": True}
