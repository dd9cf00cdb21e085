"""The pillar `errors`: a strategy for a dropped connection, a slow or odd API, a full disk. One module a check."""

from .escaped_exception import EscapedException
from .hang import Hang
from .leaked_connection import LeakedConnection
from .leaked_internals import LeakedInternals
from .no_recovery import NoRecovery
from .no_timeout import NoTimeout
from .retry_storm import RetryStorm
from .silent_failure import SilentFailure

CHECKS = [
    EscapedException(),
    NoTimeout(),
    Hang(),
    LeakedInternals(),
    SilentFailure(),
    RetryStorm(),
    NoRecovery(),
    LeakedConnection(),
]
