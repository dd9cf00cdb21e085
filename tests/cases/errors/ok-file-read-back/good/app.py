import logging
import os
import tempfile

from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("checks")
app = FastAPI()


def lines_of(path):
    with open(path, "rb") as file:  # this very request has written it
        return len(file.readlines())


@app.post("/checks")
async def check(request: Request):
    data = await request.body()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "upload.csv")
        try:
            with open(path, "wb") as file:
                file.write(data)
        except OSError as exc:
            log.exception("no room for an upload")
            raise HTTPException(507, "try again later") from exc
        return {"lines": lines_of(path)}
