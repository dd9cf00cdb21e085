"""Asks the service that it is told to ask."""

import requests


def fetch(url):
    answer = requests.get(url, timeout=3)
    return answer.json()["name"] if answer.ok else None


def status(host):
    return requests.get(f"https://{host}/status", timeout=3).status_code


def weather(city):
    return requests.get(f"https://weather.example/v1/{city}", timeout=3).status_code
