import os

from fastapi import FastAPI

app = FastAPI(debug=os.environ.get("APP_ENV") == "development")


@app.get("/ping")
def ping():
    return {"pong": True}
