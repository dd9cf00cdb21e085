from html import escape

from flask import Flask, request

app = Flask(__name__)


def form(city):
    return f"<form action=/weather><input name=city value={escape(city)}><button>Show</button></form>"


@app.get("/weather")
def weather():
    city = request.args.get("city", "Leeds")
    return f"<!doctype html><title>Weather</title><h1>{escape(city)}</h1>{form(city)}"
