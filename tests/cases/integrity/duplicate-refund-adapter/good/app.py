"""Refunds, on the command line."""
import click
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

API = "https://shop.example/api"


def make_session():
    session = requests.Session()
    policy = Retry(total=3, backoff_factor=0.5, status_forcelist=(502, 503, 504))
    session.mount("https://", HTTPAdapter(max_retries=policy))
    return session


@click.command()
@click.argument("order")
@click.argument("cents", type=int)
def refund(order, cents):
    """Give the money of an order back."""
    try:
        with make_session() as session:
            answer = session.post(f"{API}/orders/{order}/refunds", json={"cents": cents}, timeout=(3, 20))
            answer.raise_for_status()
            number = answer.json()["refund"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        raise click.ClickException(f"order {order} was not refunded") from exc
    click.echo(f"refund {number}")
