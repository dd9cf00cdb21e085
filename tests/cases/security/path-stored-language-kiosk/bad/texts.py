"""Texts of the kiosks, a file for each language."""
import logging
from pathlib import Path

log = logging.getLogger("kiosks")
FOLDER = Path(__file__).parent / "texts"
DEFAULT = "en"


class TextsUnavailable(Exception):
    """Not even the default language can be read."""


def text_file(language):
    return FOLDER / f"{language}.txt"


def welcome(language):
    for choice in (language, DEFAULT):
        try:
            return text_file(choice).read_text(encoding="utf-8")
        except (OSError, ValueError) as exc:
            log.warning("text for %r cannot be read: %s", choice, type(exc).__name__)
    raise TextsUnavailable
