"""A payment provider on loopback, for the fixture `payment_api`: a real HTTP server that fails on demand.

`api` is what a test holds, `server` speaks HTTP, `stripe` and `plain` are the two dialects, `ledger` is what the
provider remembers, `failures` the ways to fail, `waiting` ends a client's wait for an answer that will not come.
"""

from .api import PaymentAPI, start

__all__ = ["PaymentAPI", "start"]
