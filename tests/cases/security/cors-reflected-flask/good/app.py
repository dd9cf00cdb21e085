from flask import Flask, request

app = Flask(__name__)
OWN = {"https://shop.example"}


@app.after_request
def allow(response):
    origin = request.headers.get("Origin")
    if origin in OWN:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@app.get("/orders")
def orders():
    return {"orders": []}
