import json
import logging

from flask import Flask, request

app = Flask(__name__)


class Line(logging.Formatter):
    def format(self, record):
        return json.dumps({"level": record.levelname, "text": record.getMessage()})


handler = logging.StreamHandler()
handler.setFormatter(Line())
log = logging.getLogger("orders")
log.addHandler(handler)
log.setLevel(logging.INFO)


@app.post("/orders")
def order():
    log.info("order of %s", request.get_json()["tea"])
    return {"ok": True}, 201
