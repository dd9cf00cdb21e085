"""backup FOLDER ARCHIVE.tar.xz"""
import tarfile
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
def main(folder, archive):
    try:
        make(folder, archive)
    except FileNotFoundError as exc:
        raise click.ClickException(f"backup failed: {exc.strerror}") from exc
    click.echo("backup made")


def make(folder, archive):
    with tarfile.open(archive, "w:xz") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, arcname=path.relative_to(folder), recursive=False)
