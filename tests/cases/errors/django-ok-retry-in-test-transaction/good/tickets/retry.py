import functools
import time

from django.db import InterfaceError, OperationalError, close_old_connections


def on_trouble(attempts=3):
    """Try again when the connection was lost, each time on a new one."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(1, attempts + 1):
                try:
                    return function(*args, **kwargs)
                except (OperationalError, InterfaceError):
                    if attempt == attempts:
                        raise
                    close_old_connections()
                    time.sleep(0.1 * 2**attempt)

        return wrapper

    return decorate
