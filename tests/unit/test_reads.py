"""What is recorded beside the calls: only what a selected check reads."""

from __future__ import annotations

from pytest_prodready.checks import Check, built_in, wanted_by
from pytest_prodready.seams.hub import Hub


class Anothers(Check):
    name = "anothers"


def test_a_pillar_that_is_not_selected_records_nothing() -> None:
    assert wanted_by([check for check in built_in() if check.pillar == "errors"]) == frozenset()


def test_each_pillar_records_what_it_reads() -> None:
    assert wanted_by([check for check in built_in() if check.pillar == "performance"]) == {
        "blocking",
        "makings",
        "plan",
        "waits",
    }
    assert wanted_by([check for check in built_in() if check.pillar == "security"]) == {"hashed", "secrets", "written"}


def test_a_check_of_another_plugin_gets_everything() -> None:
    assert wanted_by([Anothers()]) is None
    assert Hub().wants("plan")
