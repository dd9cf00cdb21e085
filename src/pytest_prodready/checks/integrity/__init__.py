"""The pillar `integrity`: money, state and time that come out wrong. One module a check."""

from .false_success import FalseSuccess

CHECKS = [FalseSuccess()]
