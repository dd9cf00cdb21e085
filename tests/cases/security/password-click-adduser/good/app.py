"""Adds people to those who may use the scales: `scales adduser NAME`."""

import hashlib
import os
import sqlite3

import click


class Users:
    def __init__(self, path):
        self.path = path

    def add(self, name, password):
        salt = os.urandom(16)
        digest = salt + hashlib.scrypt(password.encode("utf-8"), salt=salt, n=2**14, r=8, p=1)
        conn = sqlite3.connect(self.path)
        try:
            with conn:
                conn.execute("CREATE TABLE IF NOT EXISTS users (name, digest)")
                conn.execute("INSERT INTO users VALUES (?, ?)", (name, digest))
        finally:
            conn.close()


@click.group()
@click.option("--db", default="scales.db")
@click.pass_context
def scales(ctx, db):
    ctx.obj = Users(db)


@scales.command()
@click.argument("name")
@click.option("--password", prompt=True, hide_input=True)
@click.pass_obj
def adduser(users, name, password):
    try:
        users.add(name, password)
    except sqlite3.Error as exc:
        raise click.ClickException("nobody can be added now") from exc
    click.echo(f"{name} may use the scales")
