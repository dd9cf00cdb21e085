"""Nothing but a page; what it runs with stands in a lock file."""
from flask import Flask, jsonify
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.get("/")
def home():
    return jsonify(name=secure_filename("my file.txt"))
