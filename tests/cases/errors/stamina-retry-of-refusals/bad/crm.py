"""Contacts from the CRM, with stamina as the only layer of retries."""
import logging

import httpx
import stamina

logger = logging.getLogger("crm")


class CrmError(Exception):
    pass


def worth_a_retry(exc: Exception) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code >= 400
    return isinstance(exc, httpx.TransportError)


class Crm:
    def __init__(self, token):
        self._http = httpx.Client(base_url="https://crm.example.com/api", timeout=5,
                                  headers={"Authorization": f"Bearer {token}"})

    @stamina.retry(on=worth_a_retry, attempts=3)
    def _get(self, path):
        reply = self._http.get(path)
        reply.raise_for_status()
        return reply

    def contact(self, number):
        try:
            body = self._get(f"/contacts/{number:d}").json()
            return {"name": body["name"], "email": body["email"]}
        except httpx.HTTPStatusError as exc:
            if exc.response.status_code == 404:
                return None
            raise CrmError("the CRM refused") from exc
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            logger.warning("crm failed: %s", type(exc).__name__)
            raise CrmError("the CRM is not available") from exc
