"""Passwords and pages, by what Flask's own manual says to import."""
from flask import Flask, render_template_string
from itsdangerous import URLSafeSerializer
from markupsafe import escape
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
KNOWN = generate_password_hash("tea")


@app.get("/")
def home():
    token = URLSafeSerializer("not a secret").dumps(check_password_hash(KNOWN, "tea"))
    return render_template_string("{{ token }} {{ name }}", token=token, name=escape("<Ann>"))
