from .service import Members, MembersError

__all__ = ["Members", "MembersError"]
