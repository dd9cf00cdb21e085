import os

from flask import Flask

app = Flask(__name__)
app.config["DEBUG"] = os.environ.get("APP_ENV") == "development"


@app.get("/ping")
def ping():
    return {"pong": True}
