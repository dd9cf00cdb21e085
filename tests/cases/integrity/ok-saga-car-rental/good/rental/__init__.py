from .rentals import RentalError, Rentals

__all__ = ["RentalError", "Rentals"]
