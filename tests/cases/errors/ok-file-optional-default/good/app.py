import os
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)
app.config["BANNER"] = os.environ.get("BANNER", "banner.txt")


@app.get("/banner")
def banner():
    try:
        return Path(app.config["BANNER"]).read_text()
    except FileNotFoundError:  # there need not be one
        return "welcome"
    except OSError:
        app.logger.exception("the banner cannot be read")
        abort(503)
