"""What can go wrong, in words that customers may read. One handler in the application turns these into answers."""


class ShopError(Exception):
    status = 500
    message = "Something went wrong."


class BadRequest(ShopError):
    status = 400
    message = "The request is not valid."


class NotFound(ShopError):
    status = 404
    message = "There is no such thing."


class SoldOut(ShopError):
    status = 409
    message = "There is not enough in stock."


class PaymentDeclined(ShopError):
    status = 402
    message = "The payment was declined."


class PaymentUnavailable(ShopError):
    status = 503
    message = "Payments are not available right now. Nothing was ordered."


class RefundUnavailable(ShopError):
    status = 503
    message = "The refund could not be made right now. Please try again."
