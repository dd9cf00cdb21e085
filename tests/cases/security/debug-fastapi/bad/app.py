import os

from fastapi import FastAPI

app = FastAPI(debug=True)


@app.get("/ping")
def ping():
    return {"pong": True}
