"""Documents of a project: a path is resolved, and must be in the folder."""

import os
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, UploadFile
from fastapi.responses import FileResponse

app = FastAPI()


def get_root() -> Path:
    return Path(os.environ["DOCUMENTS"]).resolve()


class Store:
    def __init__(self, root: Annotated[Path, Depends(get_root)]):
        self.root = root

    def inside(self, name: str) -> Path:
        try:
            wanted = (self.root / name).resolve()
        except (OSError, ValueError):
            raise HTTPException(404) from None
        if not wanted.is_relative_to(self.root) or wanted == self.root or len(wanted.name) > 120:
            raise HTTPException(404)
        return wanted


@app.get("/documents/{name:path}")
def read(name: str, store: Annotated[Store, Depends()]):
    wanted = store.inside(name)
    if not wanted.is_file():
        raise HTTPException(404)
    return FileResponse(wanted)


@app.post("/documents", status_code=201)
def upload(file: UploadFile, store: Annotated[Store, Depends()]):
    name = Path(file.filename or "").name
    if not name or not name.replace(".", "").replace("-", "").isascii():
        raise HTTPException(400)
    try:
        store.inside(name).write_bytes(file.file.read(1_000_000))
    except OSError as exc:
        raise HTTPException(507) from exc
    return {"name": name}
