"""Where what was stored may show, and a second request like the first."""

from __future__ import annotations

import json

import pytest

from pytest_prodready.attacks.leaves import leaves
from pytest_prodready.sweep.fresh import freshened
from pytest_prodready.sweep.looks import Look
from pytest_prodready.trace import Attempt, Entry, Outcome, Request

JSON = (("content-type", "application/json"),)


def posted(**fields: object) -> Request:
    return Request("POST", "/notes", "", JSON, json.dumps(fields).encode())


def answered(body: str = "", status: int = 201, **headers: str) -> Entry:
    entry = Entry("route", "POST /notes")
    entry.outcome = Outcome("answer", status=status, body=body, headers=tuple(headers.items()))
    return entry


def asked(requests: object) -> list[str]:
    return [f"{one.path}?{one.query}".rstrip("?") for one in requests]  # type: ignore[attr-defined]


def test_a_search_is_made_for_the_token_and_for_a_word_beside_it() -> None:
    look = Look(Request("GET", "/notes", "q=tea&page=2"), "/notes")
    assert asked(look.wide("Buy more")) == ["/notes?q=tea&page=2", "/notes?q=zq&page=2", "/notes?q=Buy&page=2"]
    assert asked(look.wide("")) == ["/notes?q=tea&page=2", "/notes?q=zq&page=2"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (answered('{"id": 7}'), ["/notes/7"]),
        (answered('{"note": {"id": 7, "text": "x"}}'), ["/notes/7"]),
        (answered('{"noteId": "a-b", "ok": true}'), ["/notes/a-b"]),
        (answered("", 303, Location="/notes/9?saved=1"), ["/notes/9"]),
        (answered('{"id": 7}', 409), []),
        (answered("<p>saved</p>"), []),
        (answered('{"ok": true, "total": 12}'), []),
        (answered(json.dumps({"id": "x" * 100})), []),
    ],
)
def test_the_page_of_what_was_made_is_asked_for(entry: Entry, found: list[str]) -> None:
    look = Look(Request("GET", "/notes/3"), "/notes/{number}")
    attempt = Attempt("xss", "json.text", "v", "t", posted(text="v"), entry=entry)
    assert asked(look.narrow(posted(text="tea"), "/notes", attempt)) == found


def test_what_the_page_is_called_by_follows_a_new_name() -> None:
    look = Look(Request("GET", "/notes/Tango%207/rides"), "/notes/<callsign>/rides")
    attempt = Attempt("sql", "json.zone", "v", "t", posted(callsign="Tango9 7", zone="v"))
    assert asked(look.narrow(posted(callsign="Tango 7", zone="Harbour"), "/notes", attempt)) == [
        "/notes/Tango9 7/rides"
    ]


def test_names_change_before_numbers_and_secrets_never() -> None:
    request = posted(text="tea", isbn="0042", title="Tea 4", count=3, password="pw", draft=True)
    leaf = next(one for one in leaves(request, "/notes") if one.name == "json.text")
    made = [
        [json.loads(one.put("v").body), json.loads(one.put("w").body)] for one in freshened(leaf, request, "/notes", 5)
    ]
    usual = {"isbn": "0042", "title": "Tea 4", "count": 3, "password": "pw", "draft": True}
    assert made == [
        [{**usual, "text": "v", "title": "Tea5 4"}, {**usual, "text": "w", "title": "Tea6 4"}],
        [{**usual, "text": "v", "isbn": "0047"}, {**usual, "text": "w", "isbn": "0048"}],
        [{**usual, "text": "v", "count": 8}, {**usual, "text": "w", "count": 9}],
    ]
