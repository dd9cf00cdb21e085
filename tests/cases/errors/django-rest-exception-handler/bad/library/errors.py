from rest_framework.views import exception_handler


def handler(exc, context):
    """Every error of the API has its status in the body."""
    response = exception_handler(exc, context)
    if response is not None and isinstance(response.data, dict):
        response.data["status"] = response.status_code
    return response
