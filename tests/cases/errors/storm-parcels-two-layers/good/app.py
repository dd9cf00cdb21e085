import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


class TrackingDown(Exception):
    pass


def make_session():
    session = requests.Session()
    policy = Retry(total=3, backoff_factor=0.5, status_forcelist=(502, 503, 504))
    session.mount("https://", HTTPAdapter(max_retries=policy))
    return session


def position(parcel, session=None):
    session = session or make_session()
    try:
        reply = session.get(f"https://track.example/parcels/{parcel}", timeout=4)
        reply.raise_for_status()
        return reply.json()["position"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        raise TrackingDown(parcel) from exc
