from .load import ImportFailed, load

__all__ = ["ImportFailed", "load"]
