import http.client
import json
from contextlib import closing
from urllib.parse import urlsplit


class AuditFailed(Exception):
    pass


class AuditTrail:
    def __init__(self, url):
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port

    def record(self, actor, action):
        with closing(http.client.HTTPConnection(self.host, self.port, timeout=5)) as connection:
            try:
                body = json.dumps({"actor": actor, "action": action})
                connection.request("POST", "/entries", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as exc:
                raise AuditFailed(f"{action} by {actor} was not recorded") from exc
        if response.status not in (200, 201, 204):
            raise AuditFailed(f"{action} by {actor} was not recorded: {response.status}")
        return True
