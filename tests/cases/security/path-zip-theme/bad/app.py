"""Unpacks the themes that customers send in."""
import io
import os
import zipfile

from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()


def unpack(content, folder):
    names = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            target = os.path.join(folder, member.filename)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(archive.read(member))
            names.append(member.filename)
    return names


@app.post("/themes")
async def add_theme(theme: UploadFile):
    try:
        return {"files": unpack(await theme.read(), os.environ["THEMES"])}
    except (zipfile.BadZipFile, OSError):
        raise HTTPException(400, "this is no theme") from None
