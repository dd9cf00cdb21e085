"""The list of names that comes with the plugin."""

from __future__ import annotations

import pytest

from pytest_prodready.dependencies import names


def test_no_popular_name_is_missing() -> None:
    assert [name for name in names.popular() if not names.known(name)] == []
    assert len(names.popular()) > 14_000


def test_invented_names_are_unknown() -> None:
    invented = [f"no-such-{word}-as-this-{number}" for word in ("kit", "helper") for number in range(500)]
    assert sum(map(names.known, invented)) < 30  # one in a hundred is taken for known


def test_a_module_may_be_a_part_of_what_holds_it() -> None:
    assert names.part_of_one("libcloud")  # apache-libcloud
    assert not names.part_of_one("fastpdfify")


def test_names_are_normalised() -> None:
    assert names.known("Flask_SQLAlchemy")


def test_a_filter_of_its_own() -> None:
    size = len(packed := names.pack(["a", "B_b", "c"])) * 8
    assert all(packed[bit // 8] >> bit % 8 & 1 for name in ("a", "b-b", "c") for bit in names.bits(name, size))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("reqeusts", "requests"), ("flask-sqlalchmey", "flask-sqlalchemy"), ("djangorestframwork", "djangorestframework"),
        ("pandsa", "pandas"), ("flask-login-helper-kit", "flask-login"), ("zzqqxx", None),
    ],
)  # fmt: skip
def test_the_nearest_name(name: str, meant: str | None) -> None:
    assert names.nearest(name) == meant


def test_the_projects_own_names_are_near() -> None:
    assert names.nearest("acme-clinet", ["acme-client"]) == "acme-client"


@pytest.mark.parametrize(
    ("name", "meant"), [("reqeusts", "requests"), ("requests", None), ("rq", None), ("attr", None)]
)
def test_lookalikes(name: str, meant: str | None) -> None:
    assert names.lookalike(name) == meant


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("abc", "abcd", True), ("abcd", "abc", True), ("abc", "abd", True), ("abc", "acb", True), ("abc", "abc", False),
        ("abcd", "abdc", True), ("abc", "xyz", False), ("abc", "cba", False), ("ab", "abcd", False),
    ],
)  # fmt: skip
def test_one_slip(one: str, other: str, slip: bool) -> None:
    assert names.one_slip(one, other) is slip
