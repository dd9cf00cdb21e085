"""The pillar `security`: input that the application was not written for. One module a check."""

from .cross_site_scripting import CrossSiteScripting
from .sql_injection import SqlInjection

CHECKS = [SqlInjection(), CrossSiteScripting()]
