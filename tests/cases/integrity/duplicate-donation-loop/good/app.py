"""Donations: the card is charged while the donor waits."""
import logging
import time

import requests
from flask import Flask, jsonify, request

log = logging.getLogger("donations")
app = Flask(__name__)
CHARGES = "https://cards.example/v2/charges"


class NotCharged(Exception):
    pass


@app.errorhandler(NotCharged)
def not_charged(exc):
    return jsonify(error="we could not reach the bank"), 502


def charge(donation, card, cents):
    for pause in (1, 2, 4):
        try:
            answer = requests.post(CHARGES, json={"card": card, "cents": cents, "for": donation},
                headers={"Idempotency-Key": donation}, timeout=10)
            answer.raise_for_status()
            charged = answer.json()
            if charged["status"] == "paid" and charged["cents"] == cents:
                return charged["id"]
            break
        except (requests.ConnectionError, requests.Timeout):
            log.warning("donation %s: no answer", donation)
            time.sleep(pause)
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("donation %s: %s", donation, type(exc).__name__)
            break
    raise NotCharged(donation)


@app.post("/donations/<donation>")
def donate(donation):
    body = request.get_json()
    return jsonify(charge=charge(donation, body["card"], body["cents"])), 201
