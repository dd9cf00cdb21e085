from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Members:
    def __init__(self, people):
        self._hasher = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
        self._people = {name: (self._hasher.hash(password), plot) for name, password, plot in people}
        self._nobody = (self._hasher.hash("nobody has this password"), None)

    def plot_of(self, name, password):
        """The member's plot, None where the password is wrong. Takes as long for unknown members."""
        hashed, plot = self._people.get(name.lower(), self._nobody)
        try:
            self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return None
        return plot
