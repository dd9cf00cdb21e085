import httpx


class GeocoderError(Exception):
    pass


class Geocoder:
    def __init__(self, base_url, transport=None):
        self.http = httpx.AsyncClient(base_url=base_url, transport=transport, timeout=8)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.http.aclose()

    async def locate(self, address):
        try:
            reply = await self.http.get("/search", params={"q": address})
            reply.raise_for_status()
            first = reply.json()["hits"][0]
            lat, lon = first["lat"], first["lon"]
        except httpx.HTTPError as exc:
            raise GeocoderError("the geocoder does not answer") from exc
        except (ValueError, LookupError, TypeError) as exc:
            raise GeocoderError("the geocoder answers nonsense") from exc
        if not isinstance(lat, (int, float)) or not isinstance(lon, (int, float)):
            raise GeocoderError("the geocoder answers nonsense")
        return lat, lon
