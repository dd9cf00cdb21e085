from pathlib import Path

from fastapi import FastAPI, HTTPException, UploadFile

from .storage import Storage, StorageFull

MAX_BYTES = 5 * 1024 * 1024


def create_app(root: Path) -> FastAPI:
    app = FastAPI()
    storage = Storage(root)

    @app.post("/pictures", status_code=201)
    def upload(picture: UploadFile):
        content = picture.file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise HTTPException(413, "picture is too big")
        if not content.startswith(b"\x89PNG"):
            raise HTTPException(415, "only PNG")
        try:
            return {"id": storage.put(content)}
        except StorageFull:
            raise HTTPException(507, "picture could not be stored") from None

    return app
