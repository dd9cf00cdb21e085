"""Monthly reports for download."""
import os
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse

app = FastAPI()


def reports():
    return Path(os.environ.get("REPORTS", "reports"))


@app.get("/reports/{name:path}")
def download(name: str):
    path = reports() / name
    if not path.is_file():
        raise HTTPException(404, "no such report")
    return FileResponse(path)
