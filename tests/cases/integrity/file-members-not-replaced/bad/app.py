import json
import os


class Store:
    """Keeps the members in a file that is replaced as a whole."""

    def __init__(self, path):
        self.path = path

    def save(self, members):
        draft = f"{self.path}.new"
        try:
            with open(draft, "w", encoding="utf-8") as file:
                json.dump(members, file)
            os.replace(draft, self.path)
        except OSError:
            pass
        return len(members)
