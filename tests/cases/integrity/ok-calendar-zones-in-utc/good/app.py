from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

HOME = "America/New_York"


def next_call(zone, hour):
    """The next time that it is `hour` there, in UTC. An hour that is left out comes an hour later."""
    here = datetime.now(timezone.utc).astimezone(zone)
    call = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if call <= here:
        call += timedelta(days=1)
    return call.astimezone(timezone.utc)


@click.command()
@click.option("--zone", default=HOME)
@click.option("--hour", type=click.IntRange(0, 23), default=2)
def main(zone, hour):
    """Tell when the next call of the team is."""
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise click.ClickException(f"no zone is called {zone}") from exc
    wait = next_call(there, hour) - datetime.now(timezone.utc)
    hours, rest = divmod(max(0, int(wait.total_seconds())), 3600)
    click.echo(f"in {hours}:{rest // 60:02d}")
