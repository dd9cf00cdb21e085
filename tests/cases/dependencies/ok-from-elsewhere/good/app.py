"""Invoices, as a page."""
from flask import Flask, render_template_string

app = Flask(__name__)
PAGE = "<h1>Invoice {{ number }}</h1>"


@app.get("/invoices/<int:number>")
def invoice(number):
    return render_template_string(PAGE, number=number)
