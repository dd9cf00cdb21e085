"""What happens to an application in production, when things go wrong: `pytest --prodready`."""

__version__ = "0.1.0"
