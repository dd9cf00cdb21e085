"""The pillar `security`: input that the application was not written for. One module a check."""

from .code_injection import CodeInjection
from .command_injection import CommandInjection
from .cross_site_scripting import CrossSiteScripting
from .debug_mode import DebugMode
from .header_injection import HeaderInjection
from .insecure_cookie import InsecureCookie
from .log_injection import LogInjection
from .missing_csrf_protection import MissingCsrfProtection
from .open_redirect import OpenRedirect
from .path_traversal import PathTraversal
from .permissive_cors import PermissiveCors
from .server_side_request_forgery import ServerSideRequestForgery
from .sql_injection import SqlInjection
from .template_injection import TemplateInjection
from .unsafe_deserialization import UnsafeDeserialization
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
]
