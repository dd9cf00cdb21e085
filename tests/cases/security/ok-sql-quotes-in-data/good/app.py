"""Quotes of books. The statement is put together, of parts that are the program's own."""

import sqlite3

import typer

COLUMNS = {"author": "author", "newest": "year DESC"}
app = typer.Typer()


class Quotes:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.conn.close()

    def find(self, words, order):
        where = " AND ".join("text LIKE ? ESCAPE '\\'" for _ in words)
        given = [f"%{word.replace(chr(92), chr(92) * 2).replace('%', chr(92) + '%')}%" for word in words]
        sql = f"SELECT text FROM quotes WHERE {where} ORDER BY {COLUMNS[order]} LIMIT 20"
        return [text for (text,) in self.conn.execute(sql, given)]


@app.callback()
def main():
    """Quotes of books."""


@app.command()
def find(words: list[str], db: str = "quotes.db", order: str = "author"):
    if order not in COLUMNS:
        raise typer.BadParameter(f"order by one of {', '.join(COLUMNS)}")
    try:
        with Quotes(db) as quotes:
            found = quotes.find(words, order)
    except sqlite3.Error:
        typer.echo("the quotes cannot be read", err=True)
        raise typer.Exit(1)
    for text in found:
        typer.echo(text)
