"""archive REPORT-DIR TARGET.gz: pack the daily report, keep a copy of the manifest beside it."""
import argparse
import gzip
import json
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    pass


@contextmanager
def file_errors(what):
    try:
        yield
    except OSError as exc:
        raise ArchiveError(f"{what} failed: {exc.strerror}") from exc


def collect(folder: Path) -> list[dict]:
    with file_errors("reading the reports"):
        return [{"name": p.name, "text": p.read_text(encoding="utf-8", errors="replace")} for p in sorted(folder.glob("*.txt"))]


def pack(documents: list[dict], target: Path) -> None:
    part = target.with_suffix(".part")
    with file_errors("packing"):
        with gzip.open(part, "wt", encoding="utf-8") as out:
            json.dump(documents, out)
        part.replace(target)


def manifest(documents: list[dict], target: Path) -> None:
    path = target.with_suffix(".manifest")
    with file_errors("writing the manifest"):
        path.write_text("\n".join(d["name"] for d in documents) + "\n", encoding="utf-8")
        shutil.copyfile(path, path.with_suffix(".bak"))


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="archive")
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args(argv)
    try:
        documents = collect(args.folder)
        pack(documents, args.target)
        manifest(documents, args.target)
    except ArchiveError as exc:
        print(f"archive: {exc}", file=sys.stderr)
        return 1
    print(f"{len(documents)} documents packed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
