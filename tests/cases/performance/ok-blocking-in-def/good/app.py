import asyncio
import hashlib
import logging
import sqlite3
import subprocess
import sys
import time

import requests
from fastapi import FastAPI, HTTPException

log = logging.getLogger(__name__)
app = FastAPI()


def fetch(city):
    try:
        reply = requests.get(f"https://api.weather.example/{city}", timeout=5)
        reply.raise_for_status()
        return reply.json()
    except requests.RequestException as exc:
        log.error("no weather: %s", exc)
        raise HTTPException(503, "not available right now") from exc


def run():
    return subprocess.run([sys.executable, "-c", "print(4)"], capture_output=True, text=True, timeout=30).stdout


def wait():
    time.sleep(0.001)
    return "4"


@app.get("/show")
def show():
    wait()
    run()
    return fetch("oslo")
