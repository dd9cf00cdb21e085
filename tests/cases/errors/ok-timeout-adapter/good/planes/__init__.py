import requests
from urllib3.util import Retry

from .adapter import PatientAdapter


class PlanesError(Exception):
    pass


class Planes:
    def __init__(self):
        retry = Retry(total=2, backoff_factor=0.2, status_forcelist=(502, 503, 504), respect_retry_after_header=False)
        self.session = requests.Session()
        self.session.mount("https://", PatientAdapter(timeout=(3, 12), max_retries=retry))

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.session.close()

    def position(self, flight):
        try:
            reply = self.session.get(f"https://planes.example/{flight}")
            reply.raise_for_status()
            place = reply.json()
            lat, lon = int(place["lat"]), int(place["lon"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            raise PlanesError(f"{flight} is somewhere") from exc
        return lat, lon
