import logging

import urllib3

log = logging.getLogger("alerts")


class AlertFailed(Exception):
    pass


class Pager:
    """Wakes somebody up."""

    def __init__(self, url, token, http=None):
        self.url = url
        self.headers = {"Authorization": f"Bearer {token}"}
        self.http = http or urllib3.PoolManager(timeout=5.0)

    def page(self, team, text):
        try:
            response = self.http.request(
                "POST", f"{self.url}/pages", json={"team": team, "text": text[:200]}, headers=self.headers
            )
        except urllib3.exceptions.HTTPError as exc:
            log.error("%s was not paged: %s", team, type(exc).__name__)
            raise AlertFailed(f"{team} was not paged") from exc
        if response.status >= 300:
            log.error("%s was not paged: %s", team, response.status)
            raise AlertFailed(f"{team} was not paged")
        return {"team": team, "paged": True}
