import json
import sqlite3
from urllib.parse import parse_qs

DATABASE = "guests.db"


def write(name):
    conn = sqlite3.connect(DATABASE)
    try:
        with conn:
            conn.execute("INSERT INTO guests (name) VALUES (?)", (name,))
    finally:
        conn.close()


def guestbook(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        start_response("405 Method Not Allowed", [("Allow", "POST"), ("Content-Type", "text/plain")])
        return [b""]
    size = int(environ.get("CONTENT_LENGTH") or 0)
    form = parse_qs(environ["wsgi.input"].read(size).decode())
    status, answer = "201 Created", {"thanks": form["name"][0]}
    try:
        write(form["name"][0])
    except sqlite3.IntegrityError as exc:
        environ["wsgi.errors"].write(f"guestbook: {exc}\n")
        status, answer = "503 Service Unavailable", {"error": "the book is closed"}
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]
