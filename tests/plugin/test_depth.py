"""How far a point is taken: quick, standard, thorough."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
import logging
import sqlite3

import requests


class Unavailable(Exception):
    pass


def rate():
    try:
        return requests.get("https://rates.example/eur", timeout=3).json()["eur"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        logging.warning("rates.example failed")
    return {fallback}


def kept():
    return sqlite3.connect("kept.db").execute("SELECT 2").fetchone()[0]


def kept_or_refused():
    try:
        return kept()
    except sqlite3.Error as error:
        raise Unavailable from error
"""
TEST = """
import responses

import app


@responses.activate
def test_rate():
    responses.get("https://rates.example/eur", json={"eur": 2})
    assert app.rate() == 2
"""


def write(project: Project, fallback: str) -> None:
    project.write({"app.py": APP.replace("{fallback}", fallback), "test_app.py": TEST})


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "workers"])
def test_a_fallback_that_fails_too(project: Project, workers: tuple[str, ...]) -> None:
    write(project, "kept()")
    _, standard = project.sweep(*workers)
    assert standard["findings"] == []
    result, thorough = project.sweep("--prodready-depth=thorough", *workers)
    (finding,) = thorough["findings"]
    assert (finding["check"], finding["function"], finding["handler"]) == (
        "escaped-exception",
        "kept",
        "rate in app.py",
    )
    assert finding["evidence"]["after"].endswith(" at app.py:14")
    assert thorough["files"]["app.py"]["missing"] != {}
    result.stdout.fnmatch_lines(["  fault:  db.connection-*, after http.connection-refused at app.py:14"])
    again = project.pytest(*finding["reproduce"].split()[1:])
    again.stdout.fnmatch_lines(["*verdict: failed (escaped-exception)*"])


def test_a_fallback_that_copes(project: Project) -> None:
    write(project, "kept_or_refused()")
    _, report = project.sweep("--prodready-depth=thorough")
    assert report["findings"] == []
    assert {t["verdict"] for t in report["trials"]} == {"handled"}
    assert "kept" in {t["function"] for t in report["trials"]}


def test_deeper_is_more(project: Project) -> None:
    write(project, "kept()")
    counts = [
        len(project.sweep(f"--prodready-depth={depth}")[1]["trials"]) for depth in ("quick", "standard", "thorough")
    ]
    assert counts[0] < counts[1] < counts[2]
