"""Webhooks of payment providers: delivered twice, and from hosts that the user names."""

from __future__ import annotations

import textwrap

from .conftest import Project

APP = """
import hmac
import sqlite3
from contextlib import closing

import requests
from flask import Flask, request

app = Flask(__name__)
"""
TEST = """
from pytest_prodready.checks import Check
from pytest_prodready.checks.integrity._redelivery import redelivered


class Twice(Check):
    name, pillar, cwe = "twice", "integrity", None
    summary = why = fix = bad = good = "-"

    def judge(self, view):
        call = redelivered(view)
        if call is not None:
            yield self.against(view.call, call.operation, "twice", view.call.site.function)


def pytest_prodready_checks():
    return [Twice()]
"""
APP = """
import hmac
import sqlite3
from contextlib import closing

import requests
from flask import Flask, request

app = Flask(__name__)
"""
HOOK = """

@app.post("/webhooks/{name}")
def {name}():
    if not hmac.compare_digest(request.headers.get("X-Webhook-Secret", ""), "s3cret"):
        return "", 401
    event = request.get_json()
    with closing(sqlite3.connect(app.config["DB"])) as conn, conn:
{body}
    return {{"ok": True}}
"""
TEST = """
import sqlite3

import pytest
import responses
from app import app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.executescript('''
        CREATE TABLE seen (id TEXT PRIMARY KEY);
        CREATE TABLE credits (account TEXT, amount INTEGER);
        CREATE TABLE accounts (id TEXT PRIMARY KEY, balance INTEGER, state TEXT);
        CREATE TABLE webhook_log (id TEXT);
        INSERT INTO accounts VALUES ('a', 0, 'new');
    ''')
    conn.close()
    app.config["DB"] = tmp_path / "x.db"
    return app.test_client()


@pytest.mark.parametrize("name", [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"])
@responses.activate
def test_hook(client, name):
    responses.post("https://mail.example/send", json={})
    event = {"id": "evt_a", "type": "payment.succeeded", "account": "a", "amount": 5}
    assert client.post(f"/webhooks/{name}", json=event, headers={"X-Webhook-Secret": "s3cret"}).status_code == 200
"""
ROW = "conn.execute('INSERT INTO credits VALUES (?, ?)', (event['account'], event['amount']))"
ADDS = "conn.execute('UPDATE accounts SET balance = balance + ? WHERE id = ?', (event['amount'], event['account']))"
COUNTS = """
(balance,) = conn.execute('SELECT balance FROM accounts').fetchone()
conn.execute('UPDATE accounts SET balance = ?', (balance + event['amount'],))
"""
TELLS = "requests.post('https://mail.example/send', json=event, timeout=5)"
ONCE = """
try:
    conn.execute('INSERT INTO seen VALUES (?)', (event['id'],))
except sqlite3.IntegrityError:
    return {'ok': True}
"""
LOOKS = """
if conn.execute("SELECT 1 FROM accounts WHERE state = 'paid'").fetchone():
    return {'ok': True}
conn.execute("UPDATE accounts SET state = 'paid'")
"""


#: What a webhook does, the operation that happens twice, and how sure that is.
HOOKS = {
    "row": (ROW, ("write credits", "warning")),
    "adds": (ADDS, ("write accounts", "error")),
    "counts": (COUNTS, ("write accounts", "error")),
    "tells": (TELLS, ("POST mail.example/send", "error")),
    "once": (f"{ONCE}\n{ADDS}", None),
    "looks": (f"{LOOKS}\n{ROW}", None),
    "sets": ("conn.execute(\"UPDATE accounts SET state = 'paid'\")", None),
    "ignores": ("conn.execute('INSERT OR IGNORE INTO seen VALUES (?)', (event['id'],))", None),
    "conflicts": ("conn.execute('INSERT INTO seen VALUES (?) ON CONFLICT DO NOTHING', (event['id'],))", None),
    "logs": ("conn.execute('INSERT INTO webhook_log VALUES (?)', (event['id'],))", None),
    "keyed": (TELLS.replace("json=event", "json=event, headers={'Idempotency-Key': event['id']}"), None),
}


def test_what_happens_twice(project: Project) -> None:
    hooks = [
        HOOK.format(name=name, body=textwrap.indent(textwrap.dedent(body).strip(), " " * 8))
        for name, (body, _) in HOOKS.items()
    ]
    project.write({"app.py": APP + "".join(hooks), "test_app.py": TEST})
    _, report = project.sweep("--prodready-select=payment.*", "--prodready-select=integrity", "--prodready-no-fail")
    tried = {
        t["function"]
        for t in report["trials"]
        if (t["fault"], t["verdict"]) == ("payment.duplicate-webhook", "handled")
    }
    found = {
        f["function"]: (f["message"].rpartition(": ")[2], f["level"])
        for f in report["findings"]
        if f["check"] == "duplicate-effect"
    }
    assert report["internal_errors"] == []
    assert found == {name: twice for name, (_, twice) in HOOKS.items() if twice}
    assert tried == {name for name, (_, twice) in HOOKS.items() if twice is None or twice[1] == "warning"}


def test_hosts_of_the_user(project: Project) -> None:
    app = """
    import requests


    def settle():
        try:
            requests.post("https://till.example/x", json={}, timeout=5).raise_for_status()
        except requests.RequestException as exc:
            raise RuntimeError("not settled") from exc
    """
    test = """
    import app
    import responses


    @responses.activate
    def test_settle():
        responses.post("https://till.example/x", json={"done": 1})
        app.settle()
    """
    project.write({"app.py": textwrap.dedent(app), "test_app.py": textwrap.dedent(test)})
    project.write({"pytest.ini": "[pytest]\n"})
    assert not {f for f in faults(project) if f.startswith("payment.")}
    project.write({"pytest.ini": "[pytest]\nprodready_payment_hosts = till.*\n"})
    found = faults(project)
    assert {"payment.declined", "payment.charged-then-timeout", "payment.idempotency-conflict"} <= found
    assert "http.read-timeout" not in found


def faults(project: Project) -> set[str]:
    _, report = project.sweep("--prodready-no-fail")
    return {trial["fault"] for trial in report["trials"]}


def test_what_is_no_host(project: Project) -> None:
    project.write({"test_app.py": "def test_nothing(): pass\n"})
    project.write({"pytest.ini": "[pytest]\nprodready_payment_hosts = https://till.example/x\n"})
    result = project.pytest("--prodready")
    assert result.ret == 4
    result.stderr.fnmatch_lines(
        ["*prodready_payment_hosts: 'https://till.example/x' must be a host, such as pay.example*"]
    )
