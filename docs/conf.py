"""Sphinx, and the pages of the reference that are made from the registries."""

from pathlib import Path

from pytest_prodready import attacks, checks, faults

project = "pytest-prodready"
copyright = "2026, The pytest-prodready authors"
author = "The pytest-prodready authors"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "pytest-prodready"

KINDS = ("connect", "read", "write", "commit", "request", "receive", "now", "later", "again")


def faults_page():
    drivers = faults.built_in_drivers()
    lines = [
        "# Faults",
        "",
        "Each is asked for by its name: `@pytest.mark.fault(NAME)`, `faults.inject(NAME)`, `--prodready-select=NAME`.",
        "An *outage* strikes this and all later calls to the target, every other fault this call only. *After the effect*",
        "says that the work was done before the answer was lost.",
    ]
    for fault in faults.built_in_faults():
        forms = {
            f"{' and '.join(sorted(driver.seams))}: {form}"
            for driver in drivers
            for kind in KINDS
            if kind in fault.kinds and (form := driver.form(fault, kind)) is not None
        }
        traits = [name for name, has in (("outage", fault.outage), ("after the effect", fault.after)) if has]
        lines += [
            "",
            f"## `{fault.name}`",
            "",
            f"{fault.summary[0].upper()}{fault.summary[1:]}: {fault.why}.",
            "",
            f"- strikes: {', '.join(kind for kind in KINDS if kind in fault.kinds)}"
            + "".join(f"; {t}" for t in traits),
            *(f"- {form}" for form in sorted(forms)),
        ]
        if not forms:
            lines.append("- no library of this version has such a failure")
    return "\n".join(lines) + "\n"


def checks_page():
    lines = ["# Checks", "", "A check reads what happened. `error` fails the test, `warning` is reported and does not."]
    for check in checks.built_in():
        lines += [
            "",
            f"## `{check.name}`",
            "",
            (f"Pillar `{check.pillar}`" if check.pillar else "No pillar")
            + f", level `{check.level}`"
            + (f", [CWE-{check.cwe}](https://cwe.mitre.org/data/definitions/{check.cwe}.html)." if check.cwe else "."),
            "",
            f"Fails when {check.summary}. {check.why} {check.fix}",
            "",
            "Bad:",
            "",
            "```python",
            check.bad,
            "```",
            "",
            "Good:",
            "",
            "```python",
            check.good,
            "```",
        ]
    return "\n".join(lines) + "\n"


def attacks_page():
    lines = [
        "# Attacks",
        "",
        "An attack makes requests from those that your suite sends, right before them, so that log-in and state are as they",
        "were. A harmless token goes first: an attack is tried where it was seen to get to. Each is asked for by the name of",
        "the [check](checks.md) that judges it: `--prodready-select=NAME`. What would have an effect is stopped before it has.",
    ]
    for attack in attacks.built_in():
        what = "each leaf of a request" if attack.values is not None else "the request as a whole"
        if attack.values is not None and attack.requests is not None:
            what += ", and the request as a whole"
        lines += [
            "",
            f"## `{attack.name}`",
            "",
            f"{attack.summary[0].upper()}{attack.summary[1:]}.",
            "",
            f"- attacks: {what}",
        ]
        if attack.values is not None and attack.of_commands is not attacks.Attack.of_commands:
            lines.append("- of commands: arguments, options, what is typed in, files that are named")
        if attack.touches:
            lines.append(f"- tried where input gets to: {', '.join(sorted(attack.touches))}")
    return "\n".join(lines) + "\n"


def setup(app):
    reference = Path(__file__).parent / "reference"
    for name, text in (("faults.md", faults_page()), ("checks.md", checks_page()), ("attacks.md", attacks_page())):
        page = reference / name
        if not page.exists() or page.read_text() != text:
            page.write_text(text)
