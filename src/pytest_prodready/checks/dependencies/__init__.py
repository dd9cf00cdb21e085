"""The pillar `dependencies`: deprecated, vulnerable, undeclared or invented packages. One module a check."""

from .broken_requirement import BrokenRequirement
from .deprecated_api import DeprecatedApi
from .deprecated_dependency import DeprecatedDependency
from .undeclared_dependency import UndeclaredDependency
from .unknown_dependency import UnknownDependency
from .vulnerable_dependency import VulnerableDependency

CHECKS = [
    VulnerableDependency(),
    DeprecatedDependency(),
    UndeclaredDependency(),
    UnknownDependency(),
    BrokenRequirement(),
    DeprecatedApi(),
]
