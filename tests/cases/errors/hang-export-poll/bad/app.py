import time

import requests
from flask import Flask

app = Flask(__name__)


def job_state(job):
    """What the report service says about a job, None when it says nothing."""
    try:
        reply = requests.get(f"https://reports.example/jobs/{job}", timeout=5)
        reply.raise_for_status()
        answer = reply.json()
    except (requests.RequestException, ValueError) as exc:
        app.logger.warning("report service: %s", type(exc).__name__)
        return None
    return answer if isinstance(answer, dict) else None


@app.get("/exports/<int(max=999999):job>")
def export(job):
    while True:
        answer = job_state(job)
        if answer and answer.get("state") == "failed":
            return {"error": "the export failed"}, 502
        if answer and answer.get("state") == "done" and isinstance(answer.get("file"), str):
            return {"job": job, "file": answer["file"]}
        time.sleep(5)
