"""Applications on clients of services, one of which `make test` does not install: one that fails with its service, one that copes.

What the SDK of a service tries again by itself is no failure, and takes no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .sweeping import run

OPENAI = """
import logging

from fastapi import FastAPI, HTTPException
from openai import OpenAI, OpenAIError, RateLimitError
from pydantic import BaseModel

log = logging.getLogger("summaries")
client = OpenAI(api_key="sk-test", timeout=20)
app = FastAPI()


class Ticket(BaseModel):
    text: str


@app.post("/ask")
def summarise(ticket: Ticket):
    try:
        reply = client.chat.completions.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": f"Summarise: {ticket.text}"}])
        summary = reply.choices[0].message.content
    except {ERRORS} as exc:
        log.exception("no summary")
        raise HTTPException(503, "try again later") from exc
    if not isinstance(summary, str):
        log.error("the model said nothing")
        raise HTTPException(503, "try again later")
    return {"summary": summary}


def at(url):
    client.base_url = url + "/v1/"
"""
NIQUESTS = """
import logging

import niquests
from fastapi import FastAPI, HTTPException

log = logging.getLogger("rates")
app = FastAPI()
service = niquests.Session()


@app.post("/ask")
def rates():
    try:
        reply = service.get(app.state.url + "/v1/chat/completions", timeout=3)
        reply.raise_for_status()
        return {"rates": str(reply.json()["id"])}
    except {ERRORS} as exc:
        log.exception("no rates")
        raise HTTPException(503, "no rates now") from exc


def at(url):
    app.state.url = url
"""
NIQUESTS_ASYNC = """
import logging

import niquests
from fastapi import FastAPI, HTTPException

log = logging.getLogger("rates")
app = FastAPI()


@app.post("/ask")
async def rates():
    try:
        async with niquests.AsyncSession() as service:
            reply = await service.get(app.state.url + "/v1/chat/completions", timeout=3)
            reply.raise_for_status()
            return {"rates": str(reply.json()["id"])}
    except {ERRORS} as exc:
        log.exception("no rates")
        raise HTTPException(503, "no rates now") from exc


def at(url):
    app.state.url = url
"""
TEST = """
from fastapi.testclient import TestClient

from app import app, at

REPLY = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1767225600, "model": "gpt-4o-mini",
         "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "No heating."}}]}


def test_ask(httpserver):
    httpserver.expect_request("/v1/chat/completions").respond_with_json(REPLY)
    at(httpserver.url_for("").rstrip("/").replace("localhost", "127.0.0.1"))
    assert TestClient(app).post("/ask", json={"text": "My heating is off"}).status_code == 200
"""


@dataclass(frozen=True)
class Client:
    """One client: an application on it, and what one that copes catches, and one that does not."""

    name: str
    module: str
    text: str
    all_errors: str
    too_few: str
    absorbed: frozenset[str] = frozenset()  # by the client's own retries

    def app(self, copes: bool) -> str:
        return self.text.replace("{ERRORS}", self.all_errors if copes else self.too_few)


ODD = "ValueError, LookupError, TypeError, AttributeError"
CLIENTS = [
    Client("openai", "openai", OPENAI, f"(OpenAIError, {ODD})", "(RateLimitError, LookupError)",
           frozenset({"http.read-timeout"})),
    Client("niquests", "niquests", NIQUESTS, f"(niquests.RequestException, {ODD})", "niquests.HTTPError"),
    Client("niquests, asynchronous", "niquests", NIQUESTS_ASYNC, f"(niquests.RequestException, {ODD})", "niquests.Timeout"),
]  # fmt: skip


@pytest.mark.parametrize("copes", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_client(client: Client, copes: bool, tmp_path: Path) -> None:
    pytest.importorskip(client.module)
    project = tmp_path / "app"
    project.mkdir()
    (project / "app.py").write_text(client.app(copes))
    (project / "test_app.py").write_text(TEST)
    sweep = run(project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=integrity")
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    trials = sweep.report["trials"]
    assert {f["check"] for f in sweep.errors()} == (set() if copes else {"escaped-exception"}), sweep.output
    assert sweep.report["seams"].get("niquests", 1) >= 1
    if copes:
        assert {"http.connection-refused", "http.unavailable", "reply.html"} <= {
            trial["fault"] for trial in trials if trial["verdict"] == "handled"
        }
        assert client.absorbed <= {trial["fault"] for trial in trials if trial["outcome"] == "absorbed"}
        assert all(trial["seconds"] < 5 for trial in trials), "back-off passes in virtual time"
