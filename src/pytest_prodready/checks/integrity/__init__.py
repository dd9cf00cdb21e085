"""The pillar `integrity`: money, state and time that come out wrong. One module a check."""

from .calendar_error import CalendarError
from .duplicate_effect import DuplicateEffect
from .false_success import FalseSuccess
from .float_money import FloatMoney
from .partial_write import PartialWrite
from .unverified_payment import UnverifiedPayment

CHECKS = [FalseSuccess(), PartialWrite(), DuplicateEffect(), FloatMoney(), UnverifiedPayment(), CalendarError()]
