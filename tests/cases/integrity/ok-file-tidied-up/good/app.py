import contextlib
import os
from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
app.config["FOLDER"] = os.environ.get("FOLDER", "words")


@app.post("/words")
def words():
    path = Path(app.config["FOLDER"]) / "incoming.txt"
    try:
        path.write_bytes(request.get_data())
        count = len(path.read_bytes().split())
    except OSError:
        app.logger.exception("no room")
        abort(503)
    finally:
        with contextlib.suppress(OSError):
            os.remove(path)
    return {"words": count}
