"""Mail: the family `mail` of DESIGN section 4."""

from __future__ import annotations

from ..observation import Sighting
from . import Fault


def _first_of_a_message(sighting: Sighting) -> int:
    """Over a connection that stands, it is the first that can go wrong."""
    return 1 if sighting.kind == "send" else 8


FAULTS = [
    Fault(
        "mail.connection-refused",
        "the mail server cannot be reached",
        "the relay restarts, a firewall or the provider closed the port",
        frozenset({"connect", "deliver"}),
        1,
        outage=True,
    ),
    Fault(
        "mail.timeout",
        "the mail server does not answer in time",
        "a relay that scans what it takes, or slows down who sends much",
        frozenset({"connect", "send", "deliver"}),
        8,
        order_for=_first_of_a_message,
    ),
    Fault(
        "mail.recipient-rejected",
        "the mail server knows no such recipient",
        "an address with a slip, a mailbox that is closed or full",
        frozenset({"send", "deliver"}),
        8,
    ),
]
