import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


class NotPublished(Exception):
    pass


def _session():
    """PUT may be repeated: the page is the same afterwards."""
    policy = Retry(total=3, backoff_factor=1, status_forcelist=[429, 500, 502, 503], raise_on_status=False)
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=policy))
    session.mount("https://", HTTPAdapter(max_retries=policy))
    return session


def publish(base, page, text):
    with _session() as session:
        try:
            reply = session.put(f"{base}/pages/{page}", json={"text": text}, timeout=10)
            reply.raise_for_status()
        except requests.RequestException as exc:
            raise NotPublished(page) from exc
    return "published"
