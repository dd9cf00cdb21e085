"""What comes back to the user: when it is markup, script, another host, a header, a line of its own."""

from __future__ import annotations

import json
import logging

import pytest

from pytest_prodready.attacks.headers import ends, host_of, targets
from pytest_prodready.attacks.markup import broken_out, runs
from pytest_prodready.attacks.records import begins_line
from pytest_prodready.checks.security.insecure_cookie import InsecureCookie
from pytest_prodready.seams.logs import written
from pytest_prodready.trace import Attempt, Entry, Outcome, Request

TOKEN = "zq12345678"


@pytest.mark.parametrize(
    "page",
    [
        f"<p><{TOKEN}></p>",
        f'<input value="" {TOKEN}="">',
        f"<input value=x {TOKEN}=1>",
        f"<title></title><{TOKEN}></title>",
        f"<!-- --><{TOKEN}> -->",
        f"<style></style><{TOKEN}></style>",
        f"<script>var a = '';{TOKEN};'';</script>",
        f"<script>var a = {TOKEN};</script>",
        f"<script>var a = `${{{TOKEN}}}`;</script>",
        f"<a href=' java\tscript:{TOKEN}'>x</a>",
        f"<button onclick=\"go('&#39;;{TOKEN};&#39;')\">x</button>",
        f'<iframe srcdoc="&lt;{TOKEN}&gt;"></iframe>',
        f"<p><{TOKEN} </p>",
    ],
)
def test_broken_out(page: str) -> None:
    assert broken_out(page, TOKEN)


@pytest.mark.parametrize(
    "page",
    [
        f"<p>&lt;{TOKEN}&gt;</p>",
        f'<input value="&quot;{TOKEN}=&quot;">',
        f"<textarea><{TOKEN}></textarea>",
        f"<title><{TOKEN}></title>",
        f"<!-- <{TOKEN}> -->",
        f"<style>/* {TOKEN} */</style>",
        f'<script>var a = "\\";{TOKEN};\\"";</script>',
        f"<script>// {TOKEN}\nvar a = 1; /* {TOKEN} */</script>",
        f'<script type="application/json">{{"a": "x", "b": {TOKEN}}}</script>',
        f'<a href="/search?q=javascript:{TOKEN}">x</a>',
        f'<img src="javascript:{TOKEN}">',
        f"<button onclick=\"go('{TOKEN}')\">x</button>",
        f'<iframe srcdoc="&amp;lt;{TOKEN}&amp;gt;"></iframe>',
    ],
)
def test_stayed_data(page: str) -> None:
    assert broken_out(page, TOKEN) == ""


def test_an_escaped_template_is_text() -> None:
    assert runs(f"`\\${{{TOKEN}}}`", TOKEN) is False
    assert runs(f"`${{{TOKEN}}}`", TOKEN) is True


def attempt(host: str = "shop.example") -> Attempt:
    return Attempt("open-redirect", "query.next", "", TOKEN, Request("GET", "/", headers=(("host", host),)))


@pytest.mark.parametrize(
    "target",
    [
        f"https://{TOKEN}.invalid/",
        f"//{TOKEN}.invalid",
        f"/\\{TOKEN}.invalid",
        f"https:{TOKEN}.invalid",
        f"///{TOKEN}.invalid",
        f"/\t/{TOKEN}.invalid",
        f"https://shop.example@{TOKEN}.invalid/",
        f"https://shop.example.{TOKEN}.invalid/",
    ],
)
def test_another_host(target: str) -> None:
    assert host_of(target, attempt()).endswith(f"{TOKEN}.invalid")


@pytest.mark.parametrize(
    "target",
    [
        f"/{TOKEN}.invalid",
        f"?next=https://{TOKEN}.invalid/",
        f"https://id.example/?back=//{TOKEN}.invalid/",
        f"/%5C{TOKEN}.invalid",
        f"http:{TOKEN}.invalid",
    ],
)
def test_the_own_host(target: str) -> None:
    assert not host_of(target, attempt()).endswith(".invalid")


def test_where_an_answer_sends_the_browser() -> None:
    assert list(targets(Outcome("response", 302, (("Location", "/a"),)))) == ["/a"]
    assert list(targets(Outcome("response", 201, (("Location", "/a"),)))) == []
    assert list(targets(Outcome("response", 200, (("Refresh", "0; url=/a"),)))) == ["/a"]
    page = '<meta http-equiv="refresh" content="0; url=/a">'
    assert list(targets(Outcome("response", 200, body=page))) == ["/a"]


def test_a_header_of_its_own() -> None:
    assert ends("x-name", f"ann\r\nX-{TOKEN}: {TOKEN}", TOKEN)
    assert ends(f"X-{TOKEN}", TOKEN, TOKEN)
    assert not ends("x-name", f"ann%0D%0AX-{TOKEN}: {TOKEN}", TOKEN)


def test_a_line_of_its_own() -> None:
    assert begins_line(f"name {TOKEN}\n{TOKEN}", TOKEN)
    assert not begins_line(f"body:\n{TOKEN}\\n{TOKEN}", TOKEN)


def test_what_handlers_write() -> None:
    class Json(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return json.dumps(record.getMessage())

    logger, handler = logging.Logger("shop"), logging.StreamHandler()
    record = logging.LogRecord("shop", logging.INFO, __file__, 1, "a\nb", (), None)
    assert list(written(logger, record)) == ["a\nb"]
    handler.setFormatter(Json())
    logger.addHandler(handler)
    assert list(written(logger, record)) == ['"a\\nb"']
    handler.setLevel(logging.ERROR)
    assert list(written(logger, record)) == []


@pytest.mark.parametrize(
    ("cookie", "found"),
    [
        ("session=a; HttpOnly; SameSite=Lax", []),
        ("session=a; Path=/", ["HttpOnly", "SameSite"]),
        ("session=; Max-Age=0", None),
        ("session=a; expires=Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_what_a_cookie_lacks(cookie: str, found: list[str] | None) -> None:
    entry = Entry("route", "GET /", outcome=Outcome("response", 200, (("Set-Cookie", cookie),)))
    lacking = [InsecureCookie.lacking(attributes, entry) for _, attributes in InsecureCookie.cookies(entry)]
    assert lacking == ([] if found is None else [found])


def test_which_cookies_stand_for_a_user() -> None:
    assert InsecureCookie.stands_for_user("sessionid")
    assert not InsecureCookie.stands_for_user("csrftoken")
    assert not InsecureCookie.stands_for_user("theme")
