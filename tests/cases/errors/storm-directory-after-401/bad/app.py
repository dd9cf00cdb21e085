import time

import click
import requests

USERS = "https://users.example/api/members"


class Refused(Exception):
    pass


def members(token):
    for pause in (1, 3, None):
        try:
            reply = requests.get(USERS, headers={"Authorization": f"Bearer {token}"}, timeout=10)
            reply.raise_for_status()
            return reply.json()
        except (requests.RequestException, ValueError) as exc:
            if pause is None:
                raise Refused("the directory does not answer") from exc
            time.sleep(pause)


@click.command()
@click.option("--token", envvar="DIRECTORY_TOKEN", default="t")
def sync(token):
    """Count the members of the directory."""
    try:
        found = members(token)
        count = len(found["members"])
    except (Refused, KeyError, TypeError) as exc:
        raise click.ClickException("cannot read the directory now") from exc
    click.echo(f"{count} members")
