"""Portion by portion; an import that stops goes on where it stopped, and says so."""
import logging
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger("heating.importer")
PORTION = 3


class ImportFailed(Exception):
    pass


@dataclass
class Summary:
    loaded: int = 0
    complete: bool = True

    def __str__(self):
        return f"{self.loaded} readings loaded" + ("" if self.complete else ", STOPPED EARLY: start again to go on")


def run(warehouse, source, rows):
    summary = Summary()
    try:
        start = warehouse.position(source)
    except SQLAlchemyError as exc:
        log.error("position of %s is unknown: %s", source, type(exc).__name__)
        raise ImportFailed("nothing was loaded") from exc
    for line in range(start, len(rows), PORTION):
        portion = rows[line : line + PORTION]
        try:
            warehouse.load(source, portion, line + len(portion))
        except SQLAlchemyError as exc:
            log.error("%s stops at line %d: %s", source, line, type(exc).__name__)
            summary.complete = False
            break
        summary.loaded += len(portion)
    return summary
