"""Fetch the brightest meteor of a night from the camera network (argparse script)."""
import argparse
import logging
import sys
import time

import httpx

log = logging.getLogger("meteors")
TRIES = 3


class CameraError(Exception):
    pass


def pause(reply, attempt):
    """Seconds until the next try: what the server asks for, within reason, else 1, 2, 4 …"""
    wish = reply.headers.get("Retry-After", "") if reply is not None else ""
    return min(int(wish), 30) if wish.isascii() and wish.isdigit() and len(wish) < 5 and int(wish) else 2**attempt


def get(client, path):
    for attempt in range(TRIES):
        reply = None
        try:
            reply = client.get(path)
        except httpx.TransportError as exc:
            log.warning("camera network: %s", type(exc).__name__)
            if attempt == TRIES - 1:
                raise CameraError("the camera network is unreachable") from exc
        else:
            if reply.status_code not in (429, 502, 503, 504):
                return reply
            log.warning("camera network is busy: %s", reply.status_code)
            if attempt == TRIES - 1:
                raise CameraError("the camera network is busy")
        time.sleep(pause(reply, attempt))
    raise CameraError("the camera network is unreachable")


def brightest(client, night):
    try:
        reply = get(client, f"/nights/{night}/brightest")
        if reply.status_code == 404:
            return None
        reply.raise_for_status()
        magnitude = reply.json()["magnitude"]
        if isinstance(magnitude, bool) or not isinstance(magnitude, (int, float)):
            raise ValueError("magnitude")
        return magnitude
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        log.error("answer is unusable: %s", type(exc).__name__)
        raise CameraError("the camera network sent nonsense") from exc


def main(argv=None):
    parser = argparse.ArgumentParser(prog="frames")
    parser.add_argument("night", type=int, choices=range(1, 367), metavar="DAY_OF_YEAR")
    night = parser.parse_args(argv).night
    with httpx.Client(base_url="https://meteors.example", timeout=6) as client:
        try:
            magnitude = brightest(client, night)
        except CameraError as exc:
            print(f"frames: {exc}", file=sys.stderr)
            return 1
    print("no meteors" if magnitude is None else f"brightest: {magnitude} mag")
    return 0


if __name__ == "__main__":
    sys.exit(main())
