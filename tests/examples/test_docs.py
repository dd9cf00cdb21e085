"""The code in the documentation runs, on the sturdy shop."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .sweeping import run

ROOT = Path(__file__).parents[2]


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / page).read_text(), re.M | re.S)


def test_how_to_ask_for_a_failure(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    shutil.copytree(ROOT / "examples" / "sturdy_shop", project)
    shutil.rmtree(project / "tests" / "__pycache__", ignore_errors=True)
    code = blocks("how-to/fault.md")
    assert len(code) == 3
    tutorial = [block for block in blocks("tutorial.md") if "pytest.mark.fault" in block]
    assert len(tutorial) == 1
    (project / "tests" / "test_documented.py").write_text("\n\n".join([*code, *tutorial]))
    sweep = run(project, tmp_path, "tests/test_documented.py", "--prodready-no-fail")
    assert sweep.code == 0, sweep.output
    assert "5 passed" in sweep.output
