"""Other plugins and conftests add checks, faults, seams and reports."""

from __future__ import annotations

import re
from pathlib import Path

from .conftest import Project

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "extend.md").read_text()

APP = "import sqlite3\n\n\ndef get(n):\n    conn = sqlite3.connect(':memory:')\n    try:\n        for _ in range(n):\n            conn.execute('SELECT 1')\n    except sqlite3.Error as exc:\n        raise RuntimeError('no') from exc\n"
TEST = "import app\n\n\ndef test_get():\n    app.get(120)\n"


def test_the_documented_check(project: Project) -> None:
    (documented,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    project.write({"conftest.py": documented, "app.py": APP, "test_app.py": TEST})
    result, report = project.sweep("--prodready-select=many-calls")
    assert [(f["check"], f["level"], f["function"]) for f in report["findings"]] == [("many-calls", "warning", "get")]
    assert result.ret == 0
    result, report = project.sweep("--prodready-select=many-calls", "-o", "prodready_levels=many-calls=error")
    assert [f["level"] for f in report["findings"]] == ["error"]
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}


CONFTEST = """
from pytest_prodready.faults import Fault, Strike
from pytest_prodready.seams import Seam, hub
from pytest_prodready.trace import Call


class Gateway:
    seams = frozenset({"gateway"})

    def form(self, fault, kind):
        return "GatewayError" if fault.name == "gateway.down" else None

    def strike(self, fault, variant, call, live, clock):
        return Strike(lambda _: hub.raise_injected(live("is down")))


def install(module, patches):
    def send(wrapped, instance, args, kwargs):
        describe = lambda: Call("gateway", "http", "send", "send", effect=True)
        return hub.around(describe, module.GatewayError, lambda: wrapped(*args, **kwargs))

    patches.wrap(module, "send", send)


class Count:
    kind, default = "count", "count.txt"

    def render(self, report, width=80):
        return f"{len(report.findings)} findings"


def pytest_prodready_seams():
    return [Seam("gateway", ("colorsys",), install)]


def pytest_prodready_faults():
    return [Fault("gateway.down", "the gateway is down", "it is", frozenset({"send"}), 1), Gateway()]


def pytest_prodready_reports():
    return [Count()]


import colorsys  # stands for a library that is installed


class GatewayError(Exception):
    pass


colorsys.GatewayError, colorsys.send = GatewayError, lambda text: "sent"
"""


def test_a_seam_a_fault_and_a_report(project: Project) -> None:
    app = "import colorsys\n\n\ndef notify(text):\n    return colorsys.send(text)\n"
    test = "import app\n\n\ndef test_notify():\n    assert app.notify('tea') == 'sent'\n"
    project.write({"conftest.py": CONFTEST, "app.py": app, "test_app.py": test})
    _, report = project.sweep("--prodready-report=count")
    assert [(t["fault"], t["verdict"]) for t in report["trials"] if t["fault"]] == [("gateway.down", "failed")]
    (finding,) = report["findings"]
    assert finding["check"] == "escaped-exception"
    assert "GatewayError" in finding["message"]
    assert (project.pytester.path / "count.txt").read_text() == "1 findings"
