"""Strategies of hostile input: they reach what they are for, and shrink to the plainest that proves it."""

from __future__ import annotations

import html
import json
import posixpath
import shlex
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from pytest_prodready import strategies
from pytest_prodready.attacks.commands import begins_command
from pytest_prodready.attacks.headers import ends
from pytest_prodready.attacks.markup import broken_out
from pytest_prodready.attacks.sql import foreign_tokens

ZEROS = "zq00000000"
TEXTS = [
    strategies.sql_injections,
    strategies.markup,
    strategies.paths,
    strategies.commands,
    strategies.templates,
    strategies.urls,
    strategies.headers,
]
QUIET = settings(database=None, derandomize=True, max_examples=200, suppress_health_check=list(HealthCheck))


def plainest(strategy: st.SearchStrategy[Any], proves: Callable[[Any], bool]) -> Any:
    return find(strategy, proves, settings=settings(QUIET, max_examples=400))


def _token(value: str) -> str:
    return strategies.token_in(value)


@pytest.mark.parametrize("strategy", TEXTS, ids=lambda strategy: strategy.__name__)
def test_every_value_has_its_token(strategy: Callable[..., st.SearchStrategy[str]]) -> None:
    seen = set()

    @settings(QUIET, phases=[Phase.generate])
    @given(strategy("ada@example.com"))
    def each(value: str) -> None:
        seen.add(strategies.token_in(value))

    each()
    assert len(seen) > 50


@pytest.mark.parametrize("strategy", TEXTS, ids=lambda strategy: strategy.__name__)
def test_a_token_of_ones_own(strategy: Callable[..., st.SearchStrategy[str]]) -> None:
    @QUIET
    @given(strategy(token="mine1"))
    def each(value: str) -> None:
        assert "mine1" in value

    each()
    with pytest.raises(ValueError, match="four or more letters"):
        strategy(token="a'b")
    with pytest.raises(TypeError, match="around=7"):
        strategy(7)


def test_no_token() -> None:
    with pytest.raises(ValueError, match="no token in 'abc'"):
        strategies.token_in("abc")


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("SELECT * FROM users WHERE name = '{}'", f"'{ZEROS}"),
        ("SELECT * FROM users WHERE id = {}", f"'{ZEROS}"),
        ('SELECT * FROM "{}"', f'"{ZEROS}'),
        ("SELECT 1 /* {} */", f"*/ {ZEROS}"),
    ],
)
def test_sql_shrinks_to_what_ends_the_literal(statement: str, shown: str) -> None:
    proves = lambda v: len(foreign_tokens(statement.format(v), _token(v))) > 0  # noqa: E731
    assert plainest(strategies.sql_injections("ada"), proves) == shown


def test_bound_parameters_cannot_be_injected() -> None:
    with pytest.raises(NoSuchExample):
        plainest(strategies.sql_injections(), lambda v: bool(foreign_tokens("SELECT ?", _token(v))))


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>{}</p>", f"<{ZEROS}>"),
        ('<a title="{}">', f'"{ZEROS}="'),
        ('<a href="{}">', f'"{ZEROS}="'),
        ("<script>x = '{}'</script>", f"'{ZEROS}='"),
    ],
)
def test_markup_shrinks_to_the_context_of_the_page(page: str, shown: str) -> None:
    assert plainest(strategies.markup("Ada"), lambda v: bool(broken_out(page.format(v), _token(v)))) == shown
    assert not broken_out(f"<p>{html.escape(shown)}</p>", ZEROS)


def test_an_escaped_link_is_still_one_of_script() -> None:
    proves = lambda v: bool(broken_out(f'<a href="{html.escape(v)}">', _token(v)))  # noqa: E731
    assert plainest(strategies.markup(), proves) == f"javascript:{ZEROS}"


def test_paths_lead_out() -> None:
    def leads_out(value: str, clean: Callable[[str], str] = lambda path: path) -> bool:
        return not posixpath.normpath(posixpath.join("/srv/files", clean(value))).startswith("/srv/files")

    assert plainest(strategies.paths(), leads_out) == "../" * 12 + ZEROS
    taken_out = plainest(strategies.paths(), lambda v: leads_out(v, lambda path: path.replace("../", "").lstrip("/")))
    assert taken_out == "....//" * 12 + ZEROS
    decoded = plainest(strategies.paths(), lambda v: ".." not in v and leads_out(v, lambda p: unquote(p).lstrip("/")))
    assert unquote(decoded) == "../" * 12 + ZEROS


@pytest.mark.parametrize(
    ("script", "shown"), [("ping {}", f";{ZEROS} "), ('echo "{}"', f"$({ZEROS})"), ("echo '{}'", f"';{ZEROS} '")]
)
def test_commands_begin_one(script: str, shown: str) -> None:
    proves = lambda v: bool(begins_command(script.format(v), _token(v)))  # noqa: E731
    assert plainest(strategies.commands("db"), proves) == shown
    with pytest.raises(NoSuchExample):
        plainest(strategies.commands(), lambda v: bool(begins_command(f"ping {shlex.quote(v)}", _token(v))))


def test_templates_are_read_as_such() -> None:
    jinja2 = pytest.importorskip("jinja2")

    def read(value: str) -> bool:
        try:
            return _token(value) not in jinja2.Template(value).render()
        except jinja2.TemplateError:
            return False

    assert plainest(strategies.templates(), read) == f"{{{{{ZEROS}}}}}"
    assert "class 'int'" in plainest(strategies.templates(), lambda v: "0.__class__" in v and "{#" not in v).format(1)


def test_urls_lead_to_another_host() -> None:
    assert plainest(strategies.urls(), lambda v: bool(urlsplit(v).hostname)) == f"https://{ZEROS}.invalid/"
    assert plainest(strategies.urls(), lambda v: v[:1] == "/" and v[1:2] != "/") == f"/\\{ZEROS}.invalid/"
    assert plainest(strategies.urls(), lambda v: "169.254" in v) == f"//169.254.169.254/{ZEROS}"


def test_headers_end_one() -> None:
    assert plainest(strategies.headers(), lambda v: ends("x", v, _token(v))) == f"\r\nX-{ZEROS}: {ZEROS}"


def test_hostile_text_can_be_sent_and_has_all_kinds() -> None:
    seen = set()

    @settings(QUIET, max_examples=600, phases=[Phase.generate])
    @given(strategies.hostile_text("Ada"))
    def each(value: str) -> None:
        value.encode()
        for kind in ("' OR", "<", "../", "$(", "{{", ".invalid", "\r\n", "²", "x" * 5000):
            if kind in value:
                seen.add(kind)

    each()
    assert len(seen) >= 8


FORM = {"email": "ada@example.com", "age": "36", "agreed": True}


def test_a_form_is_as_it_should_be_but_for_one_field() -> None:
    seen = set()

    @settings(QUIET, phases=[Phase.generate])
    @given(strategies.hostile_forms(FORM))
    def each(form: dict[str, Any]) -> None:
        changed = [name for name in FORM if form.get(name) != FORM[name]]
        assert len(changed) <= 1
        seen.update(changed)

    each()
    assert seen == set(FORM)


def test_forms_shrink_to_one_field_and_its_plainest_value() -> None:
    proves = lambda form: len(foreign_tokens(f"SELECT '{form.get('age')}'", ZEROS)) > 0  # noqa: E731
    assert plainest(strategies.hostile_forms(FORM), proves) == {**FORM, "age": f"'{ZEROS}"}
    assert plainest(strategies.hostile_forms(FORM), lambda form: "email" not in form) == {"age": "36", "agreed": True}
    ages = strategies.hostile_forms({"email": "a@b.example", "age": st.integers(18, 99).map(str)})
    oldest = plainest(ages, lambda form: "<" in form.get("email", "") and form.get("age", "") > "50")
    assert oldest["age"] == "51"
    with pytest.raises(ValueError, match="without fields"):
        strategies.hostile_forms({})


ORDER = {"items": [{"sku": "a1", "quantity": 2}], "note": None}


def test_malformed_json_is_not_the_example() -> None:
    kinds = set()

    @settings(QUIET, max_examples=600, phases=[Phase.generate])
    @given(strategies.malformed_json(ORDER))
    def each(body: bytes) -> None:
        try:
            document = json.loads(body)
        except (ValueError, UnicodeDecodeError):
            kinds.add("broken")
            return
        pairs = json.loads(body, object_pairs_hook=list)
        assert document != ORDER or len(pairs) > len(ORDER)
        kinds.add(type(document).__name__)

    each()
    assert kinds == {"broken", "dict", "list", "NoneType", "str", "int"}


def test_malformed_json_shrinks_to_a_field_left_out() -> None:
    def breaks(body: bytes) -> bool:
        try:
            return not isinstance(json.loads(body)["items"][0]["quantity"], int)
        except ValueError:
            return False
        except (KeyError, TypeError, IndexError):
            return True

    assert json.loads(plainest(strategies.malformed_json(ORDER), breaks)) == {"note": None}
    with pytest.raises(TypeError, match="the example is no JSON"):
        strategies.malformed_json({1, 2})


def test_attacks_and_strategies_have_the_same_payloads() -> None:
    """What a strategy makes for a context is among what the attack tries there."""
    from pytest_prodready.attacks import Leaf, built_in
    from pytest_prodready.trace import Attempt, Request

    request = Request("POST", "/")
    leaf = Leaf("form.x", "form", "x", "", lambda new: request)
    made = [Attempt("", "", "", ZEROS, request)]
    for name, strategy in (("sql-injection", strategies.sql_injections), ("command-injection", strategies.commands),
                           ("cross-site-scripting", strategies.markup), ("path-traversal", strategies.paths),
                           ("header-injection", strategies.headers), ("open-redirect", strategies.urls)):  # fmt: skip
        (attack,) = (one for one in built_in() if one.name == name)
        assert attack.values is not None
        values = attack.values(leaf, ZEROS, made)
        assert next(values) == plainest(strategy(), lambda v: True)
