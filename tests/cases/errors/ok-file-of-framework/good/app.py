import os

from flask import Flask, render_template, send_from_directory

app = Flask(__name__)
app.config["DOCUMENTS"] = os.environ.get("DOCUMENTS", "documents")
app.config["TEMPLATES_AUTO_RELOAD"] = True


@app.get("/")
def home():
    return render_template("home.html")


@app.get("/documents/<int:number>")
def document(number):
    return send_from_directory(app.config["DOCUMENTS"], f"{number}.pdf")
