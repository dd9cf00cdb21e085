import json
from datetime import date

import pytest

from book import Book
from cli import main
from schedule import check_ups


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.json"
    path.write_text("{}")
    return Book(path)


def test_check_ups():
    assert check_ups(date(2031, 3, 12)) == [date(2031, 4, 12), date(2031, 6, 12), date(2032, 3, 12)]


def test_aligner(book, capsys):
    assert main(["aligner", "P-1007"], book) == 0
    assert "3 check-ups" in capsys.readouterr().out
    assert len(json.loads(book.path.read_text())["P-1007"]) == 3
