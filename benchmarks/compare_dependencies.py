"""What deptry and `pip check` say of a project, and what we say: `python benchmarks/compare_dependencies.py NAME==VERSION ...`.

Each project's source distribution is fetched and unpacked, installed with all that it needs into an environment of its own, and read
by all three there. Prints a table in Markdown, a row a claim.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = """
import json, sys
from datetime import date
from pathlib import Path
from pytest_prodready.checks.dependencies import CHECKS
from pytest_prodready.settings import Settings
from pytest_prodready.source import SourceMap
from pytest_prodready.survey import survey
root = Path(sys.argv[1])
found = survey(CHECKS, Settings(root), sorted(SourceMap(root).files()), "test", date.today())
print(json.dumps({"claims": [[o.check, o.level, o.operation, o.site.file, o.site.line, o.message] for o in found.objections],
                  "blind": found.blind, "probes": len(found.looked_at)}))
"""


def run(*command, **more):
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, **more)


def unpacked(requirement, folder):
    run(
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-binary",
        ":all:",
        "-d",
        folder,
        requirement,
        check=True,
    )
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def compared(requirement):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = unpacked(requirement, folder)
        venv.create(folder / "env", with_pip=True)
        python = folder / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "-q", project, "deptry", ROOT, check=True)
        said = run(python, "-m", "deptry", ".", "--json-output", folder / "deptry.json", cwd=project)
        if not (folder / "deptry.json").exists():
            raise SystemExit(f"deptry cannot read {requirement}: {said.stderr.strip()}")
        theirs = json.loads((folder / "deptry.json").read_text())
        checked = run(python, "-m", "pip", "check")
        ours = json.loads(run(python, "-c", OURS, project, check=True).stdout)
    rows = [
        (f"deptry {one['error']['code']}", f"`{one['module']}`", place(one["location"]), one["error"]["message"])
        for one in theirs
        if one["error"]["code"] != "DEP002"  # declared and not imported: nothing that we judge
    ]
    rows += [("pip check", "", "", line) for line in checked.stdout.splitlines() if "No broken" not in line]
    rows += [(f"{check} ({level})", f"`{name}`", f"{file}:{line}" if file else "", text) for check, level, name, file, line, text in ours["claims"]]  # fmt: skip
    return rows, ours


def place(location):
    line = f":{location['line']}" if location.get("line") else ""
    return f"{location['file'].removeprefix('./')}{line}"


def main(requirements):
    for requirement in requirements:
        rows, ours = compared(requirement)
        print(
            f"\n## {requirement}\n\n{ours['probes']} distributions looked at; not seen: {ours['blind'] or 'nothing'}\n"
        )
        print("| who | what | where | says |\n|---|---|---|---|")
        places = {}
        for who, what, where, says in rows:
            places.setdefault((who, what), []).append((where, says))
        for (who, what), found in places.items():
            lines = ", ".join(where for where, _ in found[:3]) + (
                f" and {len(found) - 3} more" if len(found) > 3 else ""
            )
            print("| " + " | ".join(re.sub(r"\s+", " ", cell) for cell in (who, what, lines, found[0][1])) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
