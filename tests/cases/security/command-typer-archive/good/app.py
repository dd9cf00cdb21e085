"""Keeps old logs of a service in archives."""

import subprocess

import typer

app = typer.Typer()


@app.callback()
def main():
    """Old logs."""


class Packer:
    def __init__(self, folder):
        self.folder = folder

    def pack(self, label):
        words = ["tar", "czf", f"{self.folder}/{label}.tgz", "logs"]
        return subprocess.run(words).returncode


@app.command()
def pack(label: str, folder: str = "archive"):
    if Packer(folder).pack(label):
        typer.echo("could not be packed", err=True)
        raise typer.Exit(1)
    typer.echo(f"packed {label}")
