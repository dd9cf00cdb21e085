"""The pillar `integrity`: money, state and time that come out wrong. One module a check."""

from .duplicate_effect import DuplicateEffect
from .false_success import FalseSuccess
from .float_money import FloatMoney
from .partial_write import PartialWrite

CHECKS = [FalseSuccess(), PartialWrite(), DuplicateEffect(), FloatMoney()]
