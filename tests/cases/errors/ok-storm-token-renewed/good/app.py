import time

import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()
HOST = "https://crm.example"
state = {"token": "first"}


def renew():
    reply = requests.post(f"{HOST}/token", json={"grant": "client"}, timeout=5)
    reply.raise_for_status()
    state["token"] = reply.json()["token"]


def ask(path):
    for pause in (1, None):
        try:
            return requests.get(f"{HOST}/{path}", headers={"Authorization": f"Bearer {state['token']}"}, timeout=5)
        except (requests.ConnectionError, requests.Timeout):
            if pause is None:
                raise
            time.sleep(pause)


@app.get("/customers")
def customers():
    try:
        reply = ask("customers")
        if reply.status_code == 401:
            renew()
            reply = ask("customers")
        reply.raise_for_status()
        return {"customers": list(reply.json())}
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        raise HTTPException(502, "the CRM is not available") from exc
