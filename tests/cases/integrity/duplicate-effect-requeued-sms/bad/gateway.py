"""SMS gateway, spoken to with the standard library only."""
import http.client
import json
import urllib.error
import urllib.request


class GatewayError(Exception):
    final = False


class Rejected(GatewayError):
    """The gateway will never take this message."""

    final = True


class Gateway:
    def __init__(self, url, timeout=6):
        self.url = url
        self.timeout = timeout

    def send(self, phone, text):
        request = urllib.request.Request(
            self.url,
            data=json.dumps({"to": phone, "text": text}).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:
                reply.read()
        except urllib.error.HTTPError as exc:
            exc.close()
            kind = Rejected if exc.code in (400, 401, 403, 404, 422) else GatewayError
            raise kind(f"the gateway answered {exc.code}") from exc
        except (OSError, http.client.HTTPException) as exc:
            raise GatewayError("the gateway did not take the message") from exc
