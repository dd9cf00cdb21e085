import time

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
    for pause in (1, 2, None):
        try:
            reply = session.get(f"https://track.example/parcels/{parcel}", timeout=4)
            reply.raise_for_status()
            return reply.json()["position"]
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.RetryError) as exc:
            if pause is None:
                raise TrackingDown(parcel) from exc
            time.sleep(pause)
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            raise TrackingDown(parcel) from exc
