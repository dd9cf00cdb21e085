"""Texts in other languages. Translating twice costs nothing but time."""
import time

import httpx

SERVICE = "https://texts.example/v3/translate"


class NoTranslation(Exception):
    pass


def translate(text, language):
    for pause in (0.5, 1, 2, None):
        try:
            answer = httpx.post(SERVICE, json={"text": text, "to": language}, timeout=5)
            answer.raise_for_status()
            return answer.json()["text"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            if pause is None or (isinstance(exc, httpx.HTTPStatusError) and exc.response.status_code < 500):
                raise NoTranslation(f"no text in {language}") from exc
            time.sleep(pause)
