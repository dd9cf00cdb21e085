"""Takes models in that were trained elsewhere."""

import io
import json
import pickle
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, UploadFile

app = FastAPI()


class Models:
    def load(self, data: bytes) -> dict:
        found = _Plain(io.BytesIO(data)).load()
        if not isinstance(found, dict):
            raise ValueError("weights, by name")
        return found


class _Plain(pickle.Unpickler):
    """Reads lists, texts and numbers, and calls nothing."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError("only plain data")


@app.post("/models")
def take(file: UploadFile, models: Annotated[Models, Depends()]):
    try:
        weights = models.load(file.file.read(1_000_000))
    except (pickle.UnpicklingError, ValueError, EOFError, ImportError, AttributeError, LookupError, TypeError):
        raise HTTPException(422, "no model") from None
    except OSError:
        raise HTTPException(503) from None
    return {"size": len(json.dumps(sorted(map(str, weights))))}
