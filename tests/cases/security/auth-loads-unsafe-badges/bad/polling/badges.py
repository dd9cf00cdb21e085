from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer


@dataclass(frozen=True)
class Observer:
    name: str
    station: str


class Badges:
    """Signed statements of who observes which station."""

    lifetime = 12 * 3600

    def __init__(self, secret):
        self.serializer = URLSafeTimedSerializer(secret, salt="observer-badge")

    def issue(self, observer):
        return self.serializer.dumps({"name": observer.name, "station": observer.station})

    def read(self, badge):
        """The observer, or None."""
        try:
            _, payload = self.serializer.loads_unsafe(badge, max_age=self.lifetime)
        except BadData:
            return None
        if not isinstance(payload, dict) or not {"name", "station"} <= payload.keys():
            return None
        return Observer(str(payload["name"]), str(payload["station"]))
