"""Reads the settings that users upload."""
import yaml
from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()


def read(content):
    return yaml.load(content, Loader=yaml.SafeLoader)


@app.post("/settings")
async def settings(file: UploadFile):
    try:
        found = read(await file.read())
    except (yaml.YAMLError, ValueError, OSError):
        raise HTTPException(400, "no settings") from None
    return {"names": sorted(map(str, found)) if isinstance(found, dict) else []}
