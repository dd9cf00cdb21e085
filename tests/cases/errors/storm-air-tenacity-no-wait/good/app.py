import httpx
from fastapi import FastAPI, HTTPException
from tenacity import RetryError, retry, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

app = FastAPI()


@retry(retry=retry_if_exception_type(httpx.TransportError), stop=stop_after_attempt(4), wait=wait_exponential_jitter(max=5))
def fetch(city):
    return httpx.get("https://air.example/now", params={"city": city}, timeout=3)


@app.get("/air/{city}")
def air(city: str):
    try:
        reply = fetch(city)
        reply.raise_for_status()
        quality = reply.json()["quality"]
    except (RetryError, httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise HTTPException(503, "no measurement right now") from exc
    return {"city": city, "quality": quality}
