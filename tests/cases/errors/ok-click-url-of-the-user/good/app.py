"""Count the entries of a feed: feeds.py URL"""
import click
import requests


@click.command()
@click.argument("url")
@click.option("--timeout", default=10.0, show_default=True)
def count(url, timeout):
    """How many entries has the feed at URL?"""
    try:
        reply = requests.get(url, timeout=timeout)
        reply.raise_for_status()
        entries = reply.json()["entries"]
        number = len(entries)
    except requests.HTTPError as exc:
        raise click.ClickException(str(exc)) from exc
    except requests.ConnectionError as exc:
        raise click.ClickException(f"cannot connect to {url}") from exc
    except requests.Timeout as exc:
        raise click.ClickException(f"{url} did not answer within {timeout:g} seconds") from exc
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        raise click.ClickException(f"{url} is no feed") from exc
    click.echo(f"{number} entries")
