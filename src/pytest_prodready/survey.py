"""One look at what the project depends on: from its files and the environment to objections and probes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .checks import Check
from .dependencies.gather import Wish, look
from .readiness import Survey
from .settings import Settings
from .verdicts import ERROR


def survey(checks: Sequence[Check], settings: Settings, sources: Sequence[Path], test: str, today: date) -> Survey:
    """Let the checks look, once.

    Args:
        checks: those that survey.
        test: the one that a finding fails.
    """
    found = Survey()
    wish = Wish(settings.root / settings.advisories, settings.online, today)
    project = look(settings.root, sources, wish)
    for check in checks:
        pillar = check.pillar
        blind = check.blind(project)
        if blind is not None:
            before = found.blind.get(pillar)
            found.blind[pillar] = "; ".join(one for one in (before, f"{check.name}: {blind}") if one)
        else:
            for name, site in check.surveyed(project):
                found.looked_at.setdefault((pillar, name), site)
        for objection in check.survey(project):
            objection = replace(
                objection.scrubbed(), test=test, level=dict(settings.levels).get(check.name, objection.level)
            )
            found.objections.append(objection)
            direct = project.depends.get(objection.operation, (objection.operation,))[0]
            found.against.setdefault((pillar, direct), []).append(objection)
            if objection.level == ERROR:
                found.looked_at.setdefault((pillar, direct), objection.site)
    if project.looked.note:
        found.notes.append(f"dependencies: {project.looked.note}")
    found.notes += [f"dependencies: {text}" for text in project.declared.unread]
    return found
