"""What can go wrong, in the words of the shop. One handler in the application turns these into answers.

The messages are read by customers: they never hold what an exception of a library said.
"""


class ShopError(Exception):
    status = 500
    message = "Something went wrong."

    def __init__(self, message=None):
        super().__init__(message or self.message)
        self.message = message or self.message


class BadRequest(ShopError):
    status = 400
    message = "The request is not valid."


class NotFound(ShopError):
    status = 404
    message = "There is no such thing."


class Conflict(ShopError):
    status = 409
    message = "This is not possible in the present state."


class PaymentDeclined(ShopError):
    status = 402
    message = "The payment was declined."


class PaymentUnavailable(ShopError):
    status = 503
    message = "Payments are not available right now. Nothing was ordered."


class RefundUnavailable(ShopError):
    status = 503
    message = "The refund could not be made right now. Please try again."


class CarrierUnavailable(ShopError):
    status = 503
    message = "The carrier is not available right now."
