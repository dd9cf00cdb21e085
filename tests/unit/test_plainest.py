"""What Hypothesis leaves out of an input, and how often it asks."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from pytest_prodready.sweep.plainest import MOST, PARTS, parts_of, plainer

CLOSING = "menu--></script></style></title></textarea></noscript><§>"


def searched(template: str, usual: str, proves: Callable[[str], bool], seed: int = 0) -> tuple[str, list[str]]:
    """(the plainest input, all that was asked)."""
    asked, best = list[str](), template
    search = plainer(parts_of(template, usual), (), seed)
    text = next(search, None)
    while text is not None:
        asked.append(text)
        if proves(text) and len(text) < len(best):
            best = text
        try:
            text = search.send(proves(text))
        except StopIteration:
            text = None
    return best, asked


@pytest.mark.parametrize(
    ("template", "usual", "needed", "plainest"),
    [
        ("Lovely<§>", "Lovely", "<", "<§>"),
        ("assam') § --", "assam", "'", "'§"),
        ("assam'§", "assam", "assam'", "assam'§"),
        (CLOSING, "menu", "</title>", "</title><§>"),
        ("menu../../../§.png", "menu", ".png", "§.png"),
        ("§\n§", "", "\n§", "§\n§"),
    ],
)
def test_only_what_is_needed_stays(template: str, usual: str, needed: str, plainest: str) -> None:
    best, asked = searched(template, usual, lambda text: needed in text and "§" in text)
    assert best == plainest
    assert all("§" in text for text in asked)


@pytest.mark.parametrize("template", [CLOSING, "x" * 5000, "".join(map(chr, range(33, 120)))])
def test_it_asks_no_more_than_it_may_and_nothing_twice(template: str) -> None:
    _, asked = searched(template, "", lambda text: len(text) > 20)
    assert 0 < len(asked) <= MOST
    assert len(set(asked)) == len(asked)


def test_a_long_text_gets_shorter() -> None:
    best, _ = searched("x" * 5000, "tea", lambda text: len(text) > 200)
    assert 200 < len(best) < 500


def test_the_same_seed_asks_the_same() -> None:
    assert searched(CLOSING, "", lambda text: "</title>" in text) == searched(
        CLOSING, "", lambda text: "</title>" in text
    )


@pytest.mark.parametrize("template", ["§", "", "tea"])
def test_nothing_can_be_left_out(template: str) -> None:
    assert searched(template, template, lambda text: False)[1] == []


@pytest.mark.parametrize("template", [CLOSING, "a-b-c-d-e-f-g-h-i-§-j-k-l-m", "x" * 5000, "§" * 3])
def test_parts_are_all_of_it_and_few(template: str) -> None:
    parts = parts_of(template, "")
    assert "".join(parts) == template
    assert sum("§" not in part for part in parts) <= PARTS


def test_the_random_numbers_of_the_application_go_on() -> None:
    random.seed(7)
    expected = [random.random() for _ in range(20)]
    random.seed(7)
    seen = list[float]()

    def proves(text: str) -> bool:
        seen.append(random.random())
        return False

    searched(CLOSING, "", proves)
    assert len(seen) > 2
    assert [*seen, random.random()] == expected[: len(seen) + 1]


def test_a_search_that_is_given_up_ends() -> None:
    search = plainer(parts_of(CLOSING, ""), (), 0)
    next(search)
    search.close()
    assert random.random() != random.random()
