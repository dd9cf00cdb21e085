"""The pillar `security`: input that the application was not written for. One module a check."""

from .authentication_bypass import AuthenticationBypass
from .code_injection import CodeInjection
from .command_injection import CommandInjection
from .cross_site_scripting import CrossSiteScripting
from .debug_mode import DebugMode
from .header_injection import HeaderInjection
from .insecure_cookie import InsecureCookie
from .log_injection import LogInjection
from .logged_secret import LoggedSecret
from .missing_csrf_protection import MissingCsrfProtection
from .missing_rate_limit import MissingRateLimit
from .open_redirect import OpenRedirect
from .path_traversal import PathTraversal
from .permissive_cors import PermissiveCors
from .plaintext_password import PlaintextPassword
from .server_side_request_forgery import ServerSideRequestForgery
from .sql_injection import SqlInjection
from .template_injection import TemplateInjection
from .unhandled_input import UnhandledInput
from .unsafe_deserialization import UnsafeDeserialization
from .weak_password_hash import WeakPasswordHash
from .xml_external_entity import XmlExternalEntity

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
    PathTraversal(),
    CommandInjection(),
    CodeInjection(),
    TemplateInjection(),
    UnsafeDeserialization(),
    ServerSideRequestForgery(),
    XmlExternalEntity(),
    UnhandledInput(),
    AuthenticationBypass(),
    MissingRateLimit(),
    PlaintextPassword(),
    WeakPasswordHash(),
    LoggedSecret(),
]
