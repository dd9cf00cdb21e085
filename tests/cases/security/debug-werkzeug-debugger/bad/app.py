import os

from flask import Flask
from werkzeug.debug import DebuggedApplication

app = Flask(__name__)
if os.environ.get("APP_ENV", "development") == "development":
    app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)


@app.get("/ping")
def ping():
    return {"pong": True}
