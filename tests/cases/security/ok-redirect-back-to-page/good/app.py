from flask import Flask, redirect, request, url_for

app = Flask(__name__)
LANGUAGES = {"en", "de"}


@app.get("/")
def home():
    return "home"


@app.post("/language")
def language():
    chosen = request.form.get("language", "en")
    answer = redirect(request.referrer or url_for("home"))
    answer.set_cookie("language", chosen if chosen in LANGUAGES else "en")
    return answer
