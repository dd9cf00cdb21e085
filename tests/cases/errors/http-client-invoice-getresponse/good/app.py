import http.client
import json
import logging

from flask import Flask

log = logging.getLogger("invoices")
HOST = "invoices.example"


class InvoicesDown(Exception):
    pass


def invoice(number):
    connection = http.client.HTTPSConnection(HOST, timeout=10)
    try:
        connection.request("GET", f"/v1/invoices/{number}", headers={"Accept": "application/json"})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as exc:
        raise InvoicesDown(type(exc).__name__) from exc
    finally:
        connection.close()
    if response.status != 200:
        raise InvoicesDown(str(response.status))
    try:
        answer = json.loads(body)
        return {"number": number, "cents": int(answer["total"]["cents"])}
    except (KeyError, TypeError, ValueError) as exc:
        raise InvoicesDown("the answer is not understood") from exc


app = Flask(__name__)


@app.errorhandler(InvoicesDown)
def down(exc):
    log.error("invoices: %s", exc)
    return {"error": "invoices are not available, please try again"}, 503


@app.get("/invoices/<int:number>")
def show(number):
    return invoice(number)
