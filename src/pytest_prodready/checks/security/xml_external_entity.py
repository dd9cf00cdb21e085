"""XML has a file read into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class XmlExternalEntity(Check):
    name = "xml-external-entity"
    pillar = "security"
    cwe = 611
    summary = "attacked XML has a file of the server read into it"
    why = "Whoever sends such a document reads the server's files, and asks hosts that only it can reach."
    fix = "Parse with `defusedxml`, `xml.etree.ElementTree`, or lxml's `XMLParser(resolve_entities=False, no_network=True)`."
    bad = "etree.fromstring(request.data, etree.XMLParser(resolve_entities=True))"
    good = "defusedxml.ElementTree.fromstring(request.data)"

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["xml", "file"]):
            yield self.against_input(
                attempt,
                site,
                f"an entity in {attempt.leaf} has a file read: {sink.proof}",
                read=sink.text,
                proof=sink.text if sink.stops else f"{sink.proof}, which stands in the file alone",
            )
