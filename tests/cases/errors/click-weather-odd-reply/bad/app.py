"""The weather of a place, on the command line."""
import click
import requests

API = "https://api.weather.example/v1/current"


class WeatherError(Exception):
    pass


def fetch(place):
    try:
        reply = requests.get(API, params={"q": place}, timeout=(3, 10))
        reply.raise_for_status()
    except requests.RequestException as exc:
        raise WeatherError(f"no answer for {place} right now") from exc
    return float(reply.json()["temperature"])


@click.command()
@click.argument("place")
@click.option("--fahrenheit", is_flag=True)
def weather(place, fahrenheit):
    """Tell the temperature of PLACE."""
    try:
        celsius = fetch(place)
    except WeatherError as exc:
        click.echo(f"weather: {exc}", err=True)
        raise SystemExit(3) from exc
    degrees = celsius * 9 / 5 + 32 if fahrenheit else celsius
    click.echo(f"{place}: {degrees:.1f}")


if __name__ == "__main__":
    weather()
