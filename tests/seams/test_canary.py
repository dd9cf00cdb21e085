"""A seam proves itself once, and says when a library's version defeats it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from pytest_prodready.seams import Patches, Seam, Seams, built_in, hub
from pytest_prodready.source import SourceMap


@pytest.fixture(autouse=True)
def _hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before, errors = hub.sources, list(hub.internal_errors)
    hub.sources = SourceMap(tmp_path_factory.getbasetemp())
    hub.internal_errors.clear()
    yield
    hub.sources = before
    hub.internal_errors[:] = errors


def nothing(module: ModuleType, patches: Patches) -> None:
    """A seam whose patch no longer takes hold."""


def test_each_built_in_seam_sees_its_library() -> None:
    import click.testing
    import django.core.management.base
    import django.test.client
    import dramatiq
    import flask.testing
    import httpx
    import httpx2
    import huey
    import requests
    import typer.testing

    django_modules = (django.test.client, django.core.management.base)
    imported = (click.testing, dramatiq, flask.testing, httpx, httpx2, huey, requests, typer.testing, *django_modules)
    assert {m.__name__ for m in imported} <= set(sys.modules)
    seams = Seams(built_in())
    seams.install()
    try:
        seams.check()
    finally:
        seams.uninstall()
    assert hub.internal_errors == []
    proved = {name for name, _ in seams.checked}
    assert {
        "sqlite3",
        "requests",
        "httpx",
        "werkzeug",
        "click",
        "huey",
        "dramatiq",
        "django",
        "django-commands",
    } <= proved


def test_a_seam_that_sees_nothing_says_so() -> None:
    seams = Seams([Seam("sqlite3", ("sqlite3",), nothing, lambda module: sqlite3.connect(":memory:").close())])
    seams.install()
    seams.check()
    seams.uninstall()
    assert hub.internal_errors == ["the seam sqlite3 does not see the calls of this version of sqlite3"]


def test_a_seam_that_does_not_fit_says_so() -> None:
    def broken(module: ModuleType, patches: Patches) -> None:
        patches.wrap(module, "no_such_function", lambda *args: None)

    seams = Seams([Seam("sqlite3", ("sqlite3",), broken)])
    seams.install()
    seams.uninstall()
    assert "the seam sqlite3 does not fit this version of sqlite3" in hub.internal_errors[0]
