"""A queue of conversions: what is put in by one request is run by another."""

import logging
import shlex
import subprocess

from flask import Blueprint, Flask, jsonify, request

log = logging.getLogger(__name__)
jobs = Blueprint("jobs", __name__)


class Queue:
    def __init__(self):
        self.waiting = []

    def put(self, title):
        self.waiting.append(title)

    def work(self):
        done = 0
        while self.waiting:
            title = self.waiting.pop(0)
            command = f"echo converting {shlex.quote(title)}"
            try:
                subprocess.run(command, shell=True, check=True, capture_output=True)
                done += 1
            except (OSError, ValueError, subprocess.CalledProcessError):
                log.exception("a job failed")
        return done


queue = Queue()


@jobs.post("/jobs")
def add():
    title = request.form.get("title", "")
    if not title or "\x00" in title:
        return jsonify(error="which title?"), 400
    queue.put(title)
    return jsonify(waiting=len(queue.waiting)), 202


@jobs.post("/jobs/run")
def run():
    return jsonify(done=queue.work())


def create_app():
    app = Flask(__name__)
    app.register_blueprint(jobs)
    return app
