"""Every check of an attack shows what was put where, the request, and the proof."""

from __future__ import annotations

import pytest

from pytest_prodready.attacks import sql
from pytest_prodready.checks import Check
from pytest_prodready.checks.security import CHECKS
from pytest_prodready.trace import Attempt, Entry, ErrorInfo, Outcome, Request, Sink, Site, Trace

TOKEN = "zq12345678"
VIEW = Site("shop.py", 7, "view")
STATEMENT = f"SELECT name FROM teas WHERE name = ''{TOKEN}' AND sort = '{TOKEN}'"

#: (check, what it got to, what the proof is).
TABLE = [
    ("sql-injection", Sink("sql", STATEMENT, True, True, TOKEN, marked=sql.marked(STATEMENT, TOKEN)),
     f"SELECT name FROM teas WHERE name = ''»{TOKEN}«' AND sort = '»{TOKEN}«'"),
    ("cross-site-scripting", Sink("html", "<p>", True, proof=f"<p {TOKEN}>"), f"<p {TOKEN}>"),
    ("path-traversal", Sink("file", f"up/../../{TOKEN}", True, True, f"/{TOKEN}"), f"/{TOKEN}"),
    ("command-injection", Sink("command", f"sh -c ping db;{TOKEN}", True, True, f";{TOKEN}"),
     f"sh -c ping db;»{TOKEN}«"),
    ("code-injection", Sink("code", TOKEN, True, True, TOKEN), TOKEN),
    ("template-injection", Sink("template", "x", True, True, f"{{{{{TOKEN}}}}}"), f"{{{{{TOKEN}}}}}"),
    ("unsafe-deserialization", Sink("pickle", f"{TOKEN}.run", True, True, f"{TOKEN}.run"), f"{TOKEN}.run"),
    ("server-side-request-forgery", Sink("http", f"http://169.254.169.254/{TOKEN}", True, True, "169.254.169.254"),
     f"http://169.254.169.254/{TOKEN}"),
    ("xml-external-entity", Sink("xml", "<p>87654321qz</p>", True, proof=TOKEN[::-1]),
     f"{TOKEN[::-1]}, which stands in the file alone"),
    ("open-redirect", Sink("redirect", "", True, proof=f"https://{TOKEN}.invalid/"), f"https://{TOKEN}.invalid/"),
    ("header-injection", Sink("header", "", True, proof=f"X-Name: 'a\\r\\nX-{TOKEN}: b'"),
     f"X-Name: 'a\\r\\nX-{TOKEN}: b'"),
    ("log-injection", Sink("log", "", True, proof=f"'{TOKEN}\\n{TOKEN}'"), f"'{TOKEN}\\n{TOKEN}'"),
    ("missing-csrf-protection", Sink("form", "", True, proof="answered 303"), "answered 303"),
    ("permissive-cors", Sink("origin", "", True, proof="Access-Control-Allow-Origin: null"),
     "Access-Control-Allow-Origin: null"),
    ("debug-mode", Sink("debugger", "", True, proof="the debugger of Werkzeug"), "the debugger of Werkzeug"),
    ("authentication-bypass", Sink("access", "", True), "answered 200 'welcome'"),
    ("unhandled-input", None, "KeyError: 'x' at shop.py:7"),
]  # fmt: skip


def attempted(check: str, sink: Sink | None) -> tuple[Attempt, Trace]:
    """One attempt that got there, and the request that was made in the same way."""
    entry = Entry("route", "POST /teas", view=VIEW, outcome=Outcome("response", 200, body="welcome"))
    if check == "unhandled-input":
        entry.error, entry.last_resort = ErrorInfo("KeyError", ("KeyError",), "'x'", "foreign", site=VIEW), True
    request = Request("POST", "/teas", body=f"name={TOKEN}".encode())
    attempt = Attempt(check, "form.name", f"'{TOKEN}", TOKEN, request, entry=entry, sinks=[sink] if sink else [])
    usual = Entry("route", "POST /teas", view=VIEW, outcome=Outcome("response", 200, body="welcome"))
    return attempt, Trace("test_teas", entries=[usual], attempts=[attempt])


@pytest.mark.parametrize(("name", "sink", "proof"), TABLE, ids=[row[0] for row in TABLE])
def test_a_finding_shows_what_proves_it(name: str, sink: Sink | None, proof: str) -> None:
    check = next(one for one in CHECKS if one.name == name)
    attempt, trace = attempted(name, sink)
    (objection,) = check.attacked([attempt], trace)
    evidence = objection.evidence
    assert (evidence["input"], evidence["value"]) == ("form.name", f"'{TOKEN}")
    assert evidence["request"] == f"POST /teas 'name={TOKEN}'"
    assert evidence["proof"] == proof


def test_no_attack_is_left_out() -> None:
    attacking = {check.name for check in CHECKS if type(check).attacked is not Check.attacked}
    assert attacking - {row[0] for row in TABLE} == {"missing-rate-limit"}  # fifty requests: a labelled case has them
