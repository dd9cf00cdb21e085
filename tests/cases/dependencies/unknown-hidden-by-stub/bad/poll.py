"""The first answer of several."""
import httpx_retry_kit


def first(answers):
    for number in httpx_retry_kit.attempts(len(answers)):
        if answers[number] is not None:
            return answers[number]
    return None
