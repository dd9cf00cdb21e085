from time import sleep

import httpx


class NoForecast(Exception):
    pass


def forecast(city, client):
    for attempt in range(4):
        if attempt:
            sleep(2**attempt)
        try:
            reply = client.get(f"/forecast/{city}")
        except httpx.TransportError:
            continue
        if reply.status_code < 500:
            break
    else:
        raise NoForecast(city)
    try:
        reply.raise_for_status()
        return reply.json()["sky"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise NoForecast(city) from exc
