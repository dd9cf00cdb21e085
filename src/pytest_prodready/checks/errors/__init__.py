"""The pillar `errors`: a strategy for a dropped connection, a slow or odd API, a full disk. One module a check."""

from .escaped_exception import EscapedException
from .hang import Hang
from .leaked_internals import LeakedInternals
from .no_recovery import NoRecovery
from .no_timeout import NoTimeout

CHECKS = [EscapedException(), NoTimeout(), Hang(), LeakedInternals(), NoRecovery()]
