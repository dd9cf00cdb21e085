"""Answers in JSON, by the fastest encoder that there is."""
from contextlib import suppress

from flask import Flask

try:
    import orjson as encoder
except ImportError:
    try:
        import simplejson as encoder
    except ImportError:
        import json as encoder

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

uvloop = None
with suppress(ImportError):
    import uvloop

app = Flask(__name__)


@app.get("/")
def home():
    settings = tomllib.loads("greeting = 'hello'")
    text = encoder.dumps(settings)
    return text if isinstance(text, str) else text.decode()
