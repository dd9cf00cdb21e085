"""SDKs of payment providers: which of them makes a request."""

from __future__ import annotations

import sys
from types import FrameType

#: The providers, by the packages of their SDKs.
SDKS = {
    "stripe": "stripe",
    "paypalrestsdk": "paypal",
    "paypalserversdk": "paypal",
    "paypalcheckoutsdk": "paypal",
    "braintree": "braintree",
    "Adyen": "adyen",
    "square": "square",
    "mollie": "mollie",
    "razorpay": "razorpay",
}
#: Frames between a client's `send` and the SDK that calls it.
DEPTH = 40


def provider(frame: FrameType | None) -> str:
    """The provider whose SDK is on the stack at `frame`; empty without one."""
    if not any(name in sys.modules for name in SDKS):
        return ""
    for _ in range(DEPTH):
        if frame is None:
            break
        found = SDKS.get(str(frame.f_globals.get("__name__", "")).partition(".")[0])
        if found is not None:
            return found
        frame = frame.f_back
    return ""
