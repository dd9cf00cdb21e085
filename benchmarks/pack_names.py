"""Make the list of names that comes with the plugin: `python benchmarks/pack_names.py NAMES.tsv DATE`.

NAMES.tsv has a name a line, and behind a tabulator its rank among the most downloaded ones where it has one: made from the public
index of all projects and any ranking by downloads.
"""

import json
import sys
from pathlib import Path

from pytest_prodready.dependencies.names import pack
from pytest_prodready.project import normal

DATA = Path(__file__).parents[1] / "src" / "pytest_prodready" / "dependencies" / "data"
POPULAR = 15000


def main(path: str, date: str) -> None:
    rows = [line.split("\t") for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    ranked = sorted((int(row[1]), normal(row[0])) for row in rows if len(row) > 1 and row[1].isdigit())
    (DATA / "names.bin").write_bytes(pack(row[0] for row in rows))
    (DATA / "popular.txt").write_text("\n".join(name for _, name in ranked[:POPULAR]) + "\n", encoding="ascii")
    (DATA / "names.json").write_text(json.dumps({"date": date, "names": len(rows)}) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
