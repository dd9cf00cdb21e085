"""Lists the lines of a log that hold a word."""
import subprocess
from urllib.parse import parse_qs

LOG = __file__


def matching(word):
    command = ["sh", "-c", f"grep -c {word} {LOG}"]
    return subprocess.run(command, capture_output=True, text=True).stdout


def application(environ, start_response):
    word = parse_qs(environ.get("QUERY_STRING", "")).get("word", [""])[0]
    try:
        body, status = matching(word), "200 OK"
    except (OSError, ValueError):
        body, status = "cannot search", "503 Service Unavailable"
    start_response(status, [("Content-Type", "text/plain")])
    return [body.encode()]
