import os

import urllib3

BASE = os.environ.get("CATALOG_URL", "https://catalog.example")
http = urllib3.PoolManager(maxsize=4, headers={"Accept": "application/json"})


class CatalogError(RuntimeError):
    """The catalog gave no usable answer."""


def title(isbn, base=BASE):
    try:
        response = http.request("GET", f"{base}/books/{isbn}")
        if response.status == 404:
            return None
        if response.status != 200:
            raise CatalogError(f"the catalog answered {response.status}")
        return str(response.json()["title"])
    except (urllib3.exceptions.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise CatalogError("the catalog is not available") from exc
