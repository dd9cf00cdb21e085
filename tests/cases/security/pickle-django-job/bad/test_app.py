import pickle

import app  # noqa: F401
from django.test import Client


def test_job_is_taken():
    body = pickle.dumps({"name": "resize"})
    reply = Client().post("/job", body, content_type="application/octet-stream")
    assert reply.json() == {"name": "resize"}
