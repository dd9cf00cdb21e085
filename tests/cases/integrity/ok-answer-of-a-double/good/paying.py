"""The second half of a payment by redirect: the customer comes back, and the payment is executed."""

import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import requests

log = logging.getLogger(__name__)
ENDPOINT = "https://api.payments.example/v1/payments"


class PaymentError(Exception):
    pass


def redirect(url):
    return {"status": 302, "headers": {"Location": url}}


class Provider:
    def __init__(self, database: Path, token: str) -> None:
        self.database = database
        self.token = token

    def note(self, payment: int, status: str, extra: dict) -> None:
        with closing(sqlite3.connect(self.database, timeout=5)) as connection, connection:
            connection.execute(
                "UPDATE payment SET status = ?, extra = ? WHERE id = ?", (status, json.dumps(extra), payment)
            )

    def execute(self, payment: int, payer: str) -> dict:
        try:
            response = requests.post(
                f"{ENDPOINT}/{payment}/execute",
                json={"payer": payer},
                headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"execute-{payment}"},
                timeout=10,
            )
            response.raise_for_status()
            return response.json()
        except (requests.RequestException, ValueError) as exc:
            log.warning("payment %s was not executed: %s", payment, exc)
            raise PaymentError("the provider did not execute the payment") from exc

    def process_data(self, payment: int, query: dict) -> object:
        if "PayerID" not in query:
            self.note(payment, "rejected", {})
            return redirect("/payment/failed")
        try:
            executed = self.execute(payment, query["PayerID"])
        except PaymentError as exc:
            self.note(payment, "error", {"error": str(exc)})
            return redirect("/payment/failed")
        if not isinstance(executed, dict) or executed.get("state") != "approved":
            self.note(payment, "error", {"error": "not approved"})
            return redirect("/payment/failed")
        self.note(payment, "confirmed", {})
        return redirect("/payment/done")
