"""Where an injected failure is known to differ from the real one: in what (a pattern), and why."""

from __future__ import annotations

KNOWN: dict[tuple[str, str, str], tuple[str, str]] = {}
