import json
import os
from pathlib import Path

from fastapi import FastAPI


def configured():
    """Without its limits it must not start."""
    with open(os.environ["LIMITS"]) as file:
        return json.load(file)


LIMITS = configured()
HOME = Path(os.environ["LIMITS"]).read_text()
app = FastAPI()


@app.get("/limits")
def limits():
    return LIMITS
