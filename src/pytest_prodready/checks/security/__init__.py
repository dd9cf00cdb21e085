"""The pillar `security`: input that the application was not written for. One module a check."""

from .cross_site_scripting import CrossSiteScripting
from .debug_mode import DebugMode
from .header_injection import HeaderInjection
from .insecure_cookie import InsecureCookie
from .log_injection import LogInjection
from .missing_csrf_protection import MissingCsrfProtection
from .open_redirect import OpenRedirect
from .permissive_cors import PermissiveCors
from .sql_injection import SqlInjection

CHECKS = [
    SqlInjection(),
    CrossSiteScripting(),
    OpenRedirect(),
    HeaderInjection(),
    LogInjection(),
    MissingCsrfProtection(),
    InsecureCookie(),
    DebugMode(),
    PermissiveCors(),
]
