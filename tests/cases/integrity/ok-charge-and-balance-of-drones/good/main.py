"""Health of a fleet of surveying drones: charge of the battery, balance of the rotors, discount of lift by icing."""
import logging
import sqlite3
from contextlib import closing
from typing import Annotated

from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

log = logging.getLogger("drones")
SCHEMA = """
CREATE TABLE health (drone INTEGER, flight INTEGER, charge REAL NOT NULL, rotor_balance REAL NOT NULL,
  climb_rate REAL NOT NULL, PRIMARY KEY (drone, flight)) WITHOUT ROWID;
"""


class Health(BaseModel):
    flight: int = Field(ge=1, le=10**6)
    charge: float = Field(ge=0, le=1, allow_inf_nan=False)
    rotor_balance: float = Field(ge=-1, le=1, allow_inf_nan=False)
    climb_rate: float = Field(ge=-30, le=30, allow_inf_nan=False)


def create_app(path):
    app = FastAPI()

    @app.exception_handler(sqlite3.Error)
    def storage_down(request, exc):
        log.error("health was not saved: %s", type(exc).__name__)
        return JSONResponse({"detail": "send it again"}, status_code=503)

    @app.exception_handler(RequestValidationError)
    def damaged(request, exc):
        return JSONResponse({"detail": "the report is damaged"}, status_code=422)

    @app.put("/drones/{drone}/health")
    def record(drone: Annotated[int, Path(ge=1, le=9999)], health: Health):
        with closing(sqlite3.connect(path, timeout=5)) as conn, conn:
            conn.execute(
                "INSERT OR REPLACE INTO health (drone, flight, charge, rotor_balance, climb_rate) VALUES (?, ?, ?, ?, ?)",
                (drone, health.flight, health.charge, health.rotor_balance, health.climb_rate),
            )
        return {"drone": drone, "may_fly": health.charge > 0.3 and abs(health.rotor_balance) < 0.2}

    return app
