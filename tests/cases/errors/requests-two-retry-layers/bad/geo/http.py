import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


def make_session():
    """Retries live here, and nowhere else."""
    session = requests.Session()
    retry = Retry(total=3, backoff_factor=0.5, status_forcelist=(502, 503, 504), allowed_methods=("GET", "HEAD"))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session
