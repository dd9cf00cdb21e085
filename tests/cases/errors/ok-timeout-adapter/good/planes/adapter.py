from requests.adapters import HTTPAdapter


class PatientAdapter(HTTPAdapter):
    """Waits as long as it was told to, where nobody says otherwise."""

    def __init__(self, timeout, **options):
        self.timeout = timeout
        super().__init__(**options)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        if timeout is None:
            timeout = self.timeout
        return super().send(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
